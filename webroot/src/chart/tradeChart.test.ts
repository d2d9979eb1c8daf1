import { expect, test } from 'vitest';
import type { ClosedTrade, ResultBar } from '../api/history';
import { MINUTE } from '../testing';
import { barAt, tradeMarkers } from './tradeChart';

const COLOURS = { up: 'teal', down: 'orange', entry: 'white' };
const BARS: ResultBar[] = [10, 11, 13].map((minute) => ({
  open_time: minute * MINUTE,
  open: 1,
  high: 1,
  low: 1,
  close: 1,
  volume: 1,
}));

const trade = (id: string, entry: number, exit: number, net: string, direction: 1 | -1 = 1): ClosedTrade => ({
  position_id: id,
  strategy: 's',
  symbol: 'BTCUSD',
  direction,
  quantity: '1',
  entry_time: entry * MINUTE,
  exit_time: exit * MINUTE,
  entry_price: '1',
  exit_price: '1',
  fees: '0',
  net,
  change: 0,
});

test('a time lies in the last bar that began before it', () => {
  expect([9, 10, 10.9, 11, 12.5, 99].map((minute) => barAt(BARS, minute * MINUTE))).toEqual([-1, 0, 0, 1, 1, 2]);
  expect(barAt([], 5)).toBe(-1);
});

test('a trade is marked where it began and where it ended, by shape and colour', () => {
  const markers = tradeMarkers(BARS, [trade('a', 10.5, 13.2, '5'), trade('b', 11, 13, '-1', -1)], 'b', COLOURS);
  expect(markers.map(({ id, time, shape, color, text }) => [id, time, shape, color, text])).toEqual([
    ['a in', 600, 'arrowUp', 'teal', undefined],
    ['b in', 660, 'arrowDown', 'white', 'short'],
    ['a out', 780, 'circle', 'teal', undefined],
    ['b out', 780, 'circle', 'orange', 'out'],
  ]);
});

test('what began before the bars is marked only where it ended', () => {
  const markers = tradeMarkers(BARS, [trade('a', 5, 11, '1'), trade('gone', 1, 2, '1')], null, COLOURS);
  expect(markers.map(({ id }) => id)).toEqual(['a out']);
});

test('of thousands the latest and the chosen one are marked', () => {
  const many = Array.from({ length: 3_000 }, (_, index) => trade(`t${index}`, 11, 11, '1'));
  const ids = new Set(tradeMarkers(BARS, many, 't7', COLOURS).map(({ id }) => id?.replace(/ .*/, '')));
  expect(ids.size).toBe(1_001);
  expect(ids).toContain('t7');
  expect(ids).toContain('t2999');
});
