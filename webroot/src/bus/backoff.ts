const FIRST_MS = 500;
const LONGEST_MS = 10_000;

/**
 * How long to wait before connecting again: half a second, doubled with each failure, at most ten.
 *
 * A random quarter is taken off, so that the screens of a restarted platform do not return in one moment.
 *
 * @param failures in a row, from 1
 * @param random from 0 to 1
 */
export function reconnectDelay(failures: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
  return Math.round(full * (1 - random / 4));
}
