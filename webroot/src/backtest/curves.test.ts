import { expect, test } from 'vitest';
import type { ResultPoint } from '../api/history';
import { drawdownCurve, equityCurve, timeMarks, winRateCurve } from './curves';

const POINTS: ResultPoint[] = [
  { time: 1_000_000, equity: 1000, drawdown: 0, benchmark: 1000, win_rate: null },
  { time: 2_000_000, equity: 900, drawdown: -0.1, benchmark: 1010, win_rate: 0 },
  { time: 3_000_000, equity: 1200, drawdown: -0.05, benchmark: null, win_rate: 0.5 },
];

test('equity is drawn beside buying and holding, and said in words', () => {
  const curve = equityCurve(POINTS);
  expect(curve.times).toEqual([1, 2, 3]);
  expect(curve.lines.map(({ values }) => values)).toEqual([
    [1000, 900, 1200],
    [1000, 1010, null],
  ]);
  expect(curve.summary).toBe(
    'From 1,000.00 to 1,200.00, between 900.00 and 1,200.00; buying and holding ends at –.',
  );
});

test('drawdown and win rate say their deepest and their last', () => {
  expect(drawdownCurve(POINTS).summary).toBe('Deepest −10.00 %, by the marks of every hour.');
  expect(winRateCurve(POINTS).summary).toBe('50.00 % at the end.');
  expect(winRateCurve(POINTS.slice(0, 1)).summary).toBe('No trade was closed.');
});

test('a run without marks has curves without points', () => {
  expect([equityCurve, drawdownCurve, winRateCurve].map((of) => of([]).times)).toEqual([[], [], []]);
  expect(equityCurve([]).summary).toBe('No equity was marked.');
});

test('marks of time are days, times of day, or months', () => {
  const day = 86_400;
  expect(timeMarks([0, day / 2, day])).toEqual(['01-01', '12:00', '01-02']);
  expect(timeMarks([0, 31 * day])).toEqual(['1970-01', '1970-02']);
  expect(timeMarks([])).toEqual([]);
});
