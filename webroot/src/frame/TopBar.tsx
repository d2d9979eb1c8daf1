import { useDesk } from '../desk/context';
import { mergeSessions } from '../desk/sessionList';
import { theme, toggleTheme } from '../desk/theme';
import { dateTime, pace } from '../format';
import type { SessionState } from '../messages';
import { Figures } from './Figures';

interface Props {
  canStop: boolean;
  tradingStopped: boolean;
  onStart(): void;
  onPause(): void;
  onStop(): void;
  onKill(): void;
  onAccount(): void;
}

/** Which session, how it stands, and the buttons that matter. */
export function TopBar({ canStop, tradingStopped, onStart, onPause, onStop, onKill, onAccount }: Props) {
  const desk = useDesk();
  const session = desk.session.value;
  const identity = desk.account.identity.value;
  return (
    <header class="top-bar">
      <h1 class="wordmark">Sandpiper</h1>
      {session && <SessionIdentity session={session} />}
      {tradingStopped && (
        <span class="badge halted" data-testid="trading-stopped">
          TRADING STOPPED
        </span>
      )}
      <Figures />
      <div class="controls">
        <button
          type="button"
          class="primary"
          data-testid="start-button"
          disabled={!desk.canTrade.value}
          onClick={onStart}
        >
          Start…
        </button>
        {session?.mode !== 'backtest' && (
          <button type="button" class="danger" data-testid="kill-button" disabled={!canStop} onClick={onKill}>
            {tradingStopped ? 'Release…' : 'Kill switch…'}
          </button>
        )}
        {session && (
          <button
            type="button"
            data-testid="pause-button"
            disabled={!canStop || session.status === 'starting'}
            onClick={onPause}
          >
            {session.status === 'paused' ? 'Resume' : 'Pause'}
          </button>
        )}
        <button type="button" class="danger" data-testid="stop-button" disabled={!canStop} onClick={onStop}>
          Stop…
        </button>
        <button
          type="button"
          class="quiet"
          data-testid="theme-toggle"
          title="Change the theme"
          onClick={toggleTheme}
        >
          {theme.value === 'dark' ? 'Light' : 'Dark'}
        </button>
        <button
          type="button"
          class="quiet"
          data-testid="account-button"
          title={`Logged in as ${identity?.user ?? 'nobody'}, ${identity?.role ?? ''}`}
          onClick={onAccount}
        >
          {identity?.user}
          {identity?.role === 'viewer' && <small> reads only</small>}
        </button>
      </div>
    </header>
  );
}

const BADGES = { backtest: 'REPLAY', paper: 'PAPER', live: 'LIVE' } as const;

function SessionIdentity({ session }: { session: SessionState }) {
  const desk = useDesk();
  // The one on screen stays in the list, even when the platform has forgotten it.
  const sessions = mergeSessions(desk.sessions.value, [session]);
  return (
    <div class="identity">
      <span class={`badge ${session.mode}`} data-testid="mode-badge">
        {BADGES[session.mode]}
      </span>
      {sessions.length > 1 ? (
        <select
          aria-label="Session on screen"
          data-testid="session-select"
          value={session.session_id}
          onChange={(event) => desk.select(event.currentTarget.value)}
        >
          {sessions.map((each) => (
            <option key={each.session_id} value={each.session_id}>
              {each.session_id} · {each.status} · {dateTime(each.started_at).slice(5, 16)}
            </option>
          ))}
        </select>
      ) : (
        <span class="session-id" title={session.session_id}>
          {session.session_id}
        </span>
      )}
      <span class={`status ${session.status}`} data-testid="session-status">
        {session.status}
      </span>
      <span class="pace" title="Acceleration">
        {pace(session.acceleration)}
      </span>
    </div>
  );
}
