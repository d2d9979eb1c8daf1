import { NONE } from '../format';

/** `312 MB`: of bytes. */
export function bytes(count: number | null): string {
  if (count === null) return NONE;
  if (count < 1024) return `${count} B`;
  const units = ['KB', 'MB', 'GB', 'TB'];
  let value = count;
  let unit = '';
  for (unit of units) {
    value /= 1024;
    if (value < 1024) break;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

/** `0.042 ms`, `3.1 ms`, `1,204 ms`: three digits that count. */
export function millis(value: number | null): string {
  if (value === null || Number.isNaN(value)) return NONE;
  const places = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
  return `${value.toLocaleString('en-US', { minimumFractionDigits: places, maximumFractionDigits: places })} ms`;
}

export const count = (value: number | null): string => (value === null ? NONE : value.toLocaleString('en-US'));
