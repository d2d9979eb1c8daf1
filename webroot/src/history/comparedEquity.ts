import type { SessionResult } from '../api/history';
import type { Curve } from '../backtest/curves';
import { percent } from '../format';

const COLOURS = ['line-1', 'line-2', 'line-3', 'line-4'] as const;

/**
 * What became of each budget, as a share of it, over one axis of time.
 *
 * Sessions over times that do not meet are laid over each other from their beginnings.
 */
export function comparedEquity(results: readonly SessionResult[]): Curve {
  const spans = results.map(({ points }) => ({ from: points[0]?.time ?? 0, to: points.at(-1)?.time ?? 0 }));
  const latestStart = Math.max(...spans.map(({ from }) => from));
  const meet = spans.every(({ to }) => to >= latestStart);
  const origin = spans[0]?.from ?? 0;
  const lines = results.map(({ points, performance }, index) => {
    const shift = meet ? 0 : origin - (spans[index]?.from ?? 0);
    const start = Number(performance.start_equity);
    return new Map(points.map(({ time, equity }) => [(time + shift) / 1_000_000, equity / start - 1]));
  });
  const times = [...new Set(lines.flatMap((line) => [...line.keys()]))].sort((a, b) => a - b);
  const ends = lines.map((line, index) => `${index + 1} ends at ${percent([...line.values()].at(-1) ?? null)}`);
  return {
    id: 'compared',
    title: meet ? 'Return' : 'Return, from the beginning of each',
    times,
    lines: lines.map((line, index) => ({
      label: String(index + 1),
      colour: COLOURS[index % COLOURS.length] as string,
      dashed: index > 0,
      values: times.map((time) => line.get(time) ?? null),
    })),
    summary: `${ends.join(', ')}.`,
    text: percent,
  };
}
