import { useDesk } from '../desk/context';
import { dateTime } from '../format';
import type { SystemLogLine } from '../api/system';
import { Panel } from './Panel';

/** The latest lines of the platform's own log: warnings and errors, or all. */
export function LogPanel({ allowed }: { allowed: boolean }) {
  const { platform, connected } = useDesk();
  const { value: lines } = platform.lines;
  const { value: problem } = platform.logProblem;
  const { value: level } = platform.level;
  const choose = (wanted: 'info' | 'warn'): void => {
    platform.level.value = wanted;
    void platform.askLog();
  };
  if (!allowed) {
    return (
      <Panel title="Log">
        <p class="empty-line" data-testid="system-log-closed">
          The log is for administrators: it may name users and addresses.
        </p>
      </Panel>
    );
  }
  return (
    <section class="panel system-panel system-log" aria-label="Log">
      <div class="panel-head">
        <h2>Log</h2>
        <button type="button" aria-pressed={level === 'warn'} onClick={() => choose('warn')} data-testid="system-log-warn">
          Warnings and errors
        </button>
        <button type="button" aria-pressed={level === 'info'} onClick={() => choose('info')} data-testid="system-log-info">
          All
        </button>
      </div>
      {problem !== null && (
        <p class="system-problem" role="alert">
          The log does not come: {problem}{' '}
          <button type="button" disabled={!connected.value} onClick={() => void platform.askLog()}>
            Try again
          </button>
        </p>
      )}
      {lines === null && problem === null && (
        <div class="system-skeleton" role="status" aria-busy="true" aria-label="Loading the log" />
      )}
      {lines?.length === 0 && (
        <p class="empty-line" data-testid="system-log-empty">
          {level === 'warn' ? 'No warnings and no errors since the start.' : 'No lines yet.'}
        </p>
      )}
      {lines !== null && lines.length > 0 && (
        <div class="system-lines" tabIndex={0} role="region" aria-label="Lines of the log">
          <ol data-testid="system-log">
            {lines.map((line) => (
              <Line key={line.number} line={line} />
            ))}
          </ol>
          {platform.older.value !== null && (
            <button type="button" class="quiet" onClick={() => void platform.askOlder()} data-testid="system-log-older">
              Older lines
            </button>
          )}
        </div>
      )}
    </section>
  );
}

function Line({ line }: { line: SystemLogLine }) {
  return (
    <li data-level={line.level}>
      <time>{dateTime(line.time)}</time> <strong>{line.level}</strong> <span class="system-message">{line.message}</span>
      {line.error && <span class="system-message"> {line.error}</span>}
      <small>
        {line.logger.replace(/^.*\./, '')}
        {line.session_id && ` · ${line.session_id}`}
        {line.signal_id && ` · ${line.signal_id}`}
      </small>
    </li>
  );
}
