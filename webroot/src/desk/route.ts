import { signal, type ReadonlySignal } from '@preact/signals';

/** Where the console is: `#/strategies/ema-cross` is the page `strategies` and the rest `ema-cross`. */
export interface Route {
  page: string;
  rest: string;
}

export function readRoute(hash: string): Route {
  const [page = '', ...rest] = hash.replace(/^#?\/?/, '').split('/');
  return { page, rest: decoded(rest.join('/')) };
}

export const hashOf = ({ page, rest }: Route): string => (rest ? `#/${page}/${encodeURIComponent(rest)}` : `#/${page}`);

const here = signal(readRoute(globalThis.location?.hash ?? ''));
const lastRests = new Map<string, string>();

export const route: ReadonlySignal<Route> = here;

here.subscribe(({ page, rest }) => lastRests.set(page, rest));
globalThis.addEventListener?.('hashchange', () => (here.value = readRoute(location.hash)));

/** What the page shows, or showed when it was last on screen. */
export const restOf = (page: string): string => lastRests.get(page) ?? '';

export function goTo(page: string, rest: string): void {
  location.hash = hashOf({ page, rest });
}

/** An address typed by hand may hold anything. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
