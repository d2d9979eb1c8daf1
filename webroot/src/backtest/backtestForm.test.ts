import { expect, test } from 'vitest';
import type { DataSet } from '../api/backtests';
import type { ListedStrategy } from '../api/strategies';
import { aboutData, emptyForm, fieldOf, microsOf, orderOf, symbolsOf, withData, withStrategy } from './backtestForm';
import { closeUp } from './closeUp';
import { duration, times } from './duration';

const SMA: ListedStrategy = {
  name: 'sma-cross',
  version: 3,
  about: null,
  error: null,
  parameters: { fast: { type: 'int', default: 10 }, long_only: { type: 'bool', default: true } },
};
const BROKEN: ListedStrategy = { ...SMA, name: 'broken', error: 'line 1' };
const DEMO: DataSet = {
  id: 'demo',
  content: 'trades',
  symbols: ['BTCUSD', 'ETHUSD'],
  interval: null,
  from: 1_385_337_600_000_000,
  to: 1_385_942_400_000_000,
  rows: 100_000,
  about: 'trades',
  problem: null,
};

test('an order has numbers where the strategy wants them and leaves out what is empty', () => {
  const form = { ...withStrategy(emptyForm(), [BROKEN, SMA], 'broken'), budget: ' 500 ' };
  const typed = { ...form, parameters: { ...form.parameters, fast: '7' } };
  expect(orderOf(typed, SMA)).toEqual({
    strategy: 'sma-cross',
    parameters: { fast: 7, long_only: true },
    symbols: ['BTCUSD'],
    data: 'demo',
    budget: '500',
    acceleration: 'max',
  });
});

test('version, range, bars and pace go along when they were chosen', () => {
  const form = {
    ...withStrategy(emptyForm(), [SMA], 'sma-cross'),
    version: '2',
    from: '2013-11-26T00:00',
    to: '2013-11-27T12:30',
    interval: '5m',
    max: false,
    pace: 250,
  };
  expect(orderOf(form, SMA)).toMatchObject({
    version: 2,
    from: 1_385_424_000_000_000,
    to: 1_385_555_400_000_000,
    interval: '5m',
    acceleration: 250,
  });
});

test('a data set brings its symbols and takes the range of another away', () => {
  const form = withData({ ...emptyForm(), from: '2013-11-26T00:00' }, DEMO);
  expect(form.symbols).toBe('BTCUSD, ETHUSD');
  expect(form.from).toBe('');
  expect(symbolsOf(form.symbols)).toEqual(['BTCUSD', 'ETHUSD']);
  expect(withData(form, { ...DEMO, symbols: null }).symbols).toBe('BTCUSD, ETHUSD');
});

test('times of fields are UTC and come back as they were', () => {
  expect(microsOf('1970-01-02T00:00')).toBe(86_400_000_000);
  expect(microsOf('')).toBeNull();
  expect(fieldOf(microsOf('2013-11-26T07:45') as number)).toBe('2013-11-26T07:45');
});

test('a data set says what is known of it', () => {
  expect(aboutData(DEMO)).toBe('trades, 2013-11-25 to 2013-12-02, 100,000 rows');
  expect(aboutData({ ...DEMO, to: null, rows: null })).toBe('trades, from 2013-11-25');
  expect(aboutData({ ...DEMO, problem: 'no header' })).toBe('no header');
});

test('spans and speeds are short', () => {
  expect([0, 59_400, 61_000, 3_720_000, 200 * 3_600_000].map(duration)).toEqual([
    '0 s', '59 s', '1 min 01 s', '1 h 02 min', '8 d 8 h',
  ]);
  expect([null, 1.25, 12_345.6].map(times)).toEqual(['–', '1.3×', '12,346×']);
});

test('a trade is looked at in bars of its own measure, with room around it', () => {
  const minute = 60_000_000;
  expect(closeUp({ entry_time: 1_000 * minute, exit_time: 1_010 * minute })).toEqual({
    interval: '1m',
    from: 850 * minute,
    to: 1_160 * minute,
  });
  expect(closeUp({ entry_time: 0, exit_time: 1_000 * minute }).interval).toBe('5m');
  expect(closeUp({ entry_time: 0, exit_time: 1_000_000 * minute }).interval).toBe('1d');
});
