import type { SessionState } from '../messages';

export const isActive = ({ status }: SessionState): boolean =>
  status === 'starting' || status === 'running' || status === 'paused' || status === 'stopping';

/** Newest first, each session once: what came later replaces what was known, but what has ended stays ended. */
export function mergeSessions(known: readonly SessionState[], news: readonly SessionState[]): SessionState[] {
  const byId = new Map(known.map((session) => [session.session_id, session]));
  for (const session of news) {
    const before = byId.get(session.session_id);
    if (!before || isActive(before) || !isActive(session)) byId.set(session.session_id, session);
  }
  return [...byId.values()].sort((a, b) => b.started_at - a.started_at || (a.session_id < b.session_id ? 1 : -1));
}

/** A backtest at full speed has nothing to watch while it runs; it has a page of its own. */
export const canBeWatched = ({ mode, acceleration }: SessionState): boolean =>
  mode !== 'backtest' || acceleration !== 'max';

/** The session to look at first: the newest that runs, else the newest. */
export function firstChoice(sessions: readonly SessionState[]): string | null {
  const watched = sessions.filter(canBeWatched);
  return (watched.find(isActive) ?? watched[0])?.session_id ?? null;
}
