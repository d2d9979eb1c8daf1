/** `1 h 02 min`, `3 min 20 s`, `12 s`: a span of the wall clock. */
export function duration(millis: number): string {
  const seconds = Math.max(0, Math.round(millis / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${pad(seconds % 60)} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${pad(minutes % 60)} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

const pad = (number: number): string => String(number).padStart(2, '0');

/** `1,250×`: how many times faster than real time. */
export const times = (speed: number | null): string =>
  speed === null ? '–' : `${speed >= 10 ? Math.round(speed).toLocaleString('en-US') : speed.toFixed(1)}×`;
