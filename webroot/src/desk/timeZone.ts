import { signal, type ReadonlySignal } from '@preact/signals';

export const UTC = 'UTC';

const zone = signal<string>(UTC);

/** In which times are shown; whoever reads it while drawing is drawn anew when it changes. */
export const timeZone: ReadonlySignal<string> = zone;

/** All that this browser knows, UTC first. */
export const timeZones = (): readonly string[] => [UTC, ...Intl.supportedValuesOf('timeZone').filter((name) => name !== UTC)];

let formatter: Intl.DateTimeFormat | null = null;

/** One that this browser does not know is UTC. */
export function chooseTimeZone(name: string): void {
  let known = name;
  try {
    formatter = name === UTC ? null : formatterOf(name);
  } catch {
    known = UTC;
    formatter = null;
  }
  zone.value = known;
}

/** The Swedish write dates as ISO 8601 does. */
const formatterOf = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });

/** `2017-06-01 12:34:56`, in the chosen zone. */
export function textInZone(milliseconds: number): string {
  void zone.value;
  return formatter === null
    ? new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')
    : formatter.format(milliseconds);
}

/** `Opened (UTC)`. */
export const inZone = (title: string): string => `${title} (${zone.value})`;
