import type { SessionStrategy, StoredSession } from '../api/history';

/** `fast 5, slow 50`. */
export const parametersOf = ({ parameters }: SessionStrategy): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');

/** `sma-cross 3` with the version's number. */
export const titleOf = ({ strategies }: Pick<StoredSession, 'strategies'>): string =>
  strategies.map(({ strategy, version }) => (version === null ? strategy : `${strategy} ${version}`)).join(', ');
