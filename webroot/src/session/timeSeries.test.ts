import { expect, test } from 'vitest';
import { candle, MINUTE } from '../testing';
import { MOST_BARS, TimeSeries } from './timeSeries';
import type { Candle } from '../messages';

const seriesOf = (...candles: Candle[]): TimeSeries<Candle> => {
  const series = new TimeSeries<Candle>();
  candles.forEach((each) => series.merge(each));
  return series;
};
const closes = ({ bars }: TimeSeries<Candle>): number[] => bars.map(({ close }) => close);

test('the forming candle is replaced by its newer state, then by the closed one', () => {
  const series = seriesOf(candle(1, 10), candle(2, 11, { closed: false }), candle(2, 12, { closed: false }), candle(2, 13));
  expect(closes(series)).toEqual([10, 13]);
  expect(series.bars[1]?.closed).toBe(true);
  expect(series.generation).toBe(0);
});

test('a candle that comes late takes its place, and the chart is told to draw anew', () => {
  const series = seriesOf(candle(1, 10), candle(3, 30), candle(2, 20));
  expect(closes(series)).toEqual([10, 20, 30]);
  expect(series.generation).toBe(1);
});

test('a correction of an old candle replaces it', () => {
  const series = seriesOf(candle(1, 10), candle(2, 20), candle(1, 15));
  expect(closes(series)).toEqual([15, 20]);
  expect(series.generation).toBe(1);
});

test('a candle before all others comes first', () => {
  expect(closes(seriesOf(candle(2, 20), candle(1, 10)))).toEqual([10, 20]);
});

test('the bar open at a time is the last that opened at or before it', () => {
  const series = seriesOf(candle(1, 10), candle(2, 20), candle(5, 50));
  const at = [0.5, 1, 1.9, 2, 4, 5, 9].map((minute) => series.indexAt(minute * MINUTE));
  expect(at).toEqual([-1, 0, 0, 1, 1, 2, 2]);
  expect(series.at(2 * MINUTE)?.close).toBe(20);
  expect(series.at(3 * MINUTE)).toBeUndefined();
});

test('no more than 5,000 bars are kept, the newest', () => {
  const series = new TimeSeries<Candle>();
  for (let minute = 1; minute <= 12_000; minute++) series.merge(candle(minute, minute));
  expect(series.bars.length).toBeGreaterThan(4_000);
  expect(series.bars.length).toBeLessThanOrEqual(MOST_BARS);
  expect(seriesOf(...series.bars).bars).toEqual(series.bars);
  expect(series.bars.at(-1)?.close).toBe(12_000);
  expect(series.generation).toBeGreaterThan(0);
});
