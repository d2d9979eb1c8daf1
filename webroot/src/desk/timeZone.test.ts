import { afterEach, expect, test } from 'vitest';
import { dateTime } from '../format';
import { chooseTimeZone, inZone, timeZone, timeZones } from './timeZone';

afterEach(() => chooseTimeZone('UTC'));

const SUMMER = 1_496_275_200_000_000;
const WINTER = 1_483_228_800_000_000;

test('times are UTC until a zone is chosen', () => {
  expect(dateTime(SUMMER)).toBe('2017-06-01 00:00:00');
  expect(inZone('Opened')).toBe('Opened (UTC)');
});

test('a zone has its summer time', () => {
  chooseTimeZone('America/New_York');
  expect(dateTime(SUMMER)).toBe('2017-05-31 20:00:00');
  expect(dateTime(WINTER)).toBe('2016-12-31 19:00:00');
  expect(inZone('Opened')).toBe('Opened (America/New_York)');
});

test('a zone that is not known is UTC', () => {
  chooseTimeZone('Mars/Olympus');
  expect(timeZone.value).toBe('UTC');
  expect(dateTime(SUMMER)).toBe('2017-06-01 00:00:00');
});

test('UTC is offered first, and once', () => {
  expect(timeZones()[0]).toBe('UTC');
  expect(timeZones().filter((name) => name === 'UTC')).toHaveLength(1);
  expect(timeZones()).toContain('Asia/Tokyo');
});
