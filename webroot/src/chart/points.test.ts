import { expect, test } from 'vitest';
import type { StrategyInstance, Candle } from '../messages';
import { TimeSeries } from '../session/timeSeries';
import { candle, fill, MINUTE, reading, sessionState } from '../testing';
import { fillMarkers, linePoint, placesOf } from './points';
import { barStreams, indicatorLines } from './streams';

const COLOURS = { up: 'teal', down: 'orange' };

test('each fill is marked at the bar in which it happened, told apart by shape and letter', () => {
  const candles = new TimeSeries<Candle>();
  [1, 2, 4].forEach((minute) => candles.merge(candle(minute, 100)));
  const fills = [
    fill('fil_4', 4.5 * MINUTE, { side: 'sell' }),
    fill('fil_3', 2.9 * MINUTE),
    fill('fil_2', 2 * MINUTE),
    fill('fil_1', 0),
    fill('fil_0', 2 * MINUTE, { symbol: 'ETHUSD' }),
  ];
  const markers = fillMarkers(fills, candles, 'BTCUSD', COLOURS);
  expect(markers.map(({ id, time, shape, text, color }) => [id, time, shape, text, color])).toEqual([
    ['fil_2', 120, 'arrowUp', 'B', 'teal'],
    ['fil_3', 120, 'arrowUp', 'B', 'teal'],
    ['fil_4', 240, 'arrowDown', 'S', 'orange'],
  ]);
});

test('an indicator that is not warm yet leaves a gap in its line', () => {
  const line = { key: 'k', label: 'fast', strategy: 'ema-cross', indicator: 'fast', output: 'value', pane: 'price' };
  expect(linePoint(reading(1, null), line)).toEqual({ time: 60 });
  expect(linePoint(reading(2, 9.5), line)).toEqual({ time: 120, value: 9.5 });
});

test('prices are shown with all their places, at least two', () => {
  expect(placesOf([candle(1, 2300), candle(2, 2300.5)])).toBe(2);
  expect(placesOf([candle(1, 0.01234), candle(2, 0.5)])).toBe(5);
  expect(placesOf([candle(1, 2.5e-7)])).toBe(8);
});

test('a chart has the streams of bars once, and the plotted indicators of its own', () => {
  const plan = { use: 'ema', symbol: 'BTCUSD', interval: '1m', outputs: ['value'] };
  const strategy: StrategyInstance = {
    instance: 'one',
    strategy: 'ema-cross',
    version: '1',
    parameters: {},
    streams: [
      { name: 'ticks', symbol: 'BTCUSD', kind: 'trades', interval: null },
      { name: 'main', symbol: 'BTCUSD', kind: 'bars', interval: '1m' },
      { name: 'trend', symbol: 'BTCUSD', kind: 'bars', interval: '15m' },
    ],
    indicators: [
      { ...plan, name: 'fast', plot: 'price' },
      { ...plan, name: 'trend', plot: 'price', interval: '15m' },
      { ...plan, name: 'hidden', plot: '' },
      { ...plan, name: 'bands', use: 'bollinger', plot: 'Width', outputs: ['upper', 'lower'] },
    ],
    main_interval: null,
  };
  const session = sessionState({ strategies: [strategy, { ...strategy, instance: 'two', indicators: [] }] });
  const streams = barStreams(session);
  expect(streams.map(({ interval }) => interval)).toEqual(['1m', '15m']);
  const lines = indicatorLines(session, streams[0] as (typeof streams)[number]);
  expect(lines.map(({ label, pane }) => [label, pane])).toEqual([
    ['one fast (ema)', 'price'],
    ['one bands upper (bollinger)', 'Width'],
    ['one bands lower (bollinger)', 'Width'],
  ]);
});
