import type { ResultPoint } from '../api/history';
import { textInZone } from '../desk/timeZone';
import { money, percent } from '../format';

export interface CurveLine {
  label: string;
  /** A token of the page. */
  colour: string;
  dashed?: boolean;
  values: (number | null)[];
}

/** Lines over one axis of time, with what they say in words. */
export interface Curve {
  id: string;
  title: string;
  /** Seconds since 1970. */
  times: number[];
  lines: CurveLine[];
  summary: string;
  text(value: number | null): string;
}

const secondsOf = (points: readonly ResultPoint[]): number[] => points.map(({ time }) => time / 1_000_000);

export function equityCurve(points: readonly ResultPoint[]): Curve {
  const equity = points.map((point) => point.equity);
  const last = points.at(-1);
  const held = last?.benchmark ?? null;
  return {
    id: 'equity',
    title: 'Equity',
    times: secondsOf(points),
    lines: [
      { label: 'Equity', colour: 'line-1', values: equity },
      { label: 'Buy & hold', colour: 'line-2', dashed: true, values: points.map(({ benchmark }) => benchmark) },
    ],
    summary: last
      ? `From ${money(equity[0] ?? null)} to ${money(last.equity)}, between ${money(least(equity))} and ` +
        `${money(most(equity))}; buying and holding ends at ${money(held)}.`
      : 'No equity was marked.',
    text: money,
  };
}

export function drawdownCurve(points: readonly ResultPoint[]): Curve {
  const values = points.map(({ drawdown }) => drawdown);
  return {
    id: 'drawdown',
    title: 'Drawdown',
    times: secondsOf(points),
    lines: [{ label: 'Below the high', colour: 'down', values }],
    summary: values.length === 0 ? 'No equity was marked.' : `Deepest ${percent(least(values))}, by the marks of every hour.`,
    text: percent,
  };
}

export function winRateCurve(points: readonly ResultPoint[]): Curve {
  const values = points.map(({ win_rate }) => win_rate);
  const last = values.at(-1) ?? null;
  return {
    id: 'win-rate',
    title: 'Win rate',
    times: secondsOf(points),
    lines: [{ label: 'Of the trades closed so far', colour: 'line-3', values }],
    summary: last === null ? 'No trade was closed.' : `${percent(last)} at the end.`,
    text: percent,
  };
}

const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);
const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);

const DAY = 86_400;

/** `2013-11-26 07:45`. */
export const minuteOf = (seconds: number): string => textInZone(seconds * 1000).slice(0, 16);

/** Marks of an axis, in seconds: the day where one begins, else the time of day; months where marks are far apart. */
export function timeMarks(marks: readonly number[]): string[] {
  const step = (marks[1] ?? 0) - (marks[0] ?? 0);
  return marks.map((mark) => {
    const text = minuteOf(mark);
    if (step >= 28 * DAY) return text.slice(0, 7);
    return text.endsWith('00:00') ? text.slice(5, 10) : text.slice(11);
  });
}
