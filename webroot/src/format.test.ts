import { expect, test } from 'vitest';
import { subtract } from './decimal';
import { age, averagePrice, dateTime, fixed, money, pace, percent, price, quantity, signedMoney } from './format';

test('money is rounded exactly from its text, with thousands', () => {
  expect(money('1234567.895')).toBe('1,234,567.90');
  expect(money('9007199254740993.01')).toBe('9,007,199,254,740,993.01');
  expect(money('-4')).toBe('−4.00');
  expect(money(null)).toBe('–');
});

test('gain and loss carry arrow and sign, zero neither', () => {
  expect(signedMoney('12.3')).toBe('▲ +12.30');
  expect(signedMoney('-0.5')).toBe('▼ −0.50');
  expect(signedMoney('0')).toBe('0.00');
  expect(signedMoney(null)).toBe('–');
});

test('prices and quantities keep every digit that counts', () => {
  expect(price(8123.4)).toBe('8,123.40');
  expect(price('0.00001234')).toBe('0.00001234');
  expect(quantity('1.25000000')).toBe('1.25');
  expect(averagePrice('2333.333333333333333')).toBe('2,333.3333');
  expect(fixed(74.99992, 2)).toBe('75.00');
});

test('shares, times, ages and paces', () => {
  expect(percent(-0.0123)).toBe('−1.23 %');
  expect(percent(0)).toBe('0.00 %');
  expect(dateTime(1_496_275_200_000_000)).toBe('2017-06-01 00:00:00');
  expect([0, 59_999, 60_000, 7_200_000].map(age)).toEqual(['0 s', '59 s', '1 min', '2 h']);
  expect([pace('max'), pace(60)]).toEqual(['Max', '60×']);
});

test('differences of decimals are exact', () => {
  expect(subtract('0.3', '0.1')).toBe('0.2');
  expect(subtract('99000.09', '100000')).toBe('-999.91');
  expect(subtract('5', '5.000')).toBe('0.000');
  expect(subtract('-1.5', '-0.25')).toBe('-1.25');
  expect(() => subtract('1e5', '1')).toThrow("was '1e5'");
});
