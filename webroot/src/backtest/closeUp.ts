import type { ClosedTrade } from '../api/history';

const MINUTE = 60_000_000;
const STEPS: readonly [string, number][] = [
  ['1m', MINUTE],
  ['5m', 5 * MINUTE],
  ['15m', 15 * MINUTE],
  ['1h', 60 * MINUTE],
  ['4h', 240 * MINUTE],
  ['1d', 1440 * MINUTE],
];

/** A trade that lasts longer than so many bars is looked at in longer ones. */
const BARS_OF_A_TRADE = 200;
const BARS_AROUND = 150;

/** Which bars show a trade best, and which part of the run they come from. */
export function closeUp({ entry_time, exit_time }: Pick<ClosedTrade, 'entry_time' | 'exit_time'>) {
  const length = exit_time - entry_time;
  const [interval, micros] =
    STEPS.find(([, step]) => length / step <= BARS_OF_A_TRADE) ?? (STEPS[STEPS.length - 1] as [string, number]);
  return { interval, from: entry_time - BARS_AROUND * micros, to: exit_time + BARS_AROUND * micros };
}
