import { useDesk } from '../desk/context';
import type { Reload, ScriptError } from '../api/strategies';
import type { OpenStrategy, Outcome } from './openStrategy';

interface Props {
  strategy: OpenStrategy;
  onGoTo(error: ScriptError): void;
}

/** What became of the last save, and what stands in the way of the next. */
export function Notices({ strategy, onGoTo }: Props) {
  const { value: outcome } = strategy.outcome;
  const { value: fileError } = strategy.fileError;
  const { version } = strategy.base.value;
  return (
    <div class="notices">
      {strategy.conflict.value && <ConflictBanner strategy={strategy} />}
      {fileError && (
        <p class="notice problem" role="alert" data-testid="file-error">
          <strong>File not used</strong>
          <span>
            {fileError.detail}.{' '}
            {version === null
              ? 'Mend it here and save.'
              : `Version ${version} is what runs; saving it mends the file.`}
          </span>
        </p>
      )}
      {outcome && (
        <OutcomeNotice
          outcome={outcome}
          running={strategy.latest.value}
          onGoTo={onGoTo}
          onClose={() => (strategy.outcome.value = null)}
        />
      )}
    </div>
  );
}

interface OutcomeProps {
  outcome: Outcome;
  /** The version that still runs when nothing was saved. */
  running: number | null;
  onGoTo(error: ScriptError): void;
  onClose(): void;
}

function OutcomeNotice({ outcome, running, onGoTo, onClose }: OutcomeProps) {
  const stays = running === null ? 'Nothing has been saved yet.' : `Version ${running} keeps running.`;
  const dismiss = (
    <button type="button" class="quiet" onClick={onClose}>
      Dismiss
    </button>
  );
  switch (outcome.kind) {
    case 'saved':
      return (
        <div class="notice done" role="status" data-testid="saved">
          <strong>{savedText(outcome)}</strong>
          <Reloads reloads={outcome.saved.reloads} version={outcome.saved.version} />
          {dismiss}
        </div>
      );
    case 'refused':
      return (
        <p class="notice problem" role="alert" data-testid="refused">
          <strong>Not saved</strong>
          <span>
            {outcome.error.reason}
            {outcome.error.line !== null && ` (line ${outcome.error.line}, column ${outcome.error.column})`}. {stays}
          </span>
          {outcome.error.line !== null && (
            <button type="button" onClick={() => onGoTo(outcome.error)}>
              Go to line {outcome.error.line}
            </button>
          )}
          {dismiss}
        </p>
      );
    case 'failed':
      return (
        <p class="notice problem" role="alert" data-testid="failed">
          <strong>Not saved</strong>
          <span>
            {outcome.detail} {stays}
          </span>
          {dismiss}
        </p>
      );
  }
}

function savedText({ saved: { version, changed }, restored }: Outcome & { kind: 'saved' }): string {
  if (restored !== null) return `Version ${version} brings back version ${restored}`;
  return changed ? `Version ${version} saved` : `Version ${version} is that already`;
}

function Reloads({ reloads, version }: { reloads: readonly Reload[]; version: number }) {
  if (reloads.length === 0) return <span>New sessions start it; no running one had to change.</span>;
  return (
    <ul data-testid="reloads">
      {reloads.map(({ session_id, instance, ok, message }) => (
        <li key={`${session_id} ${instance}`} class={ok ? 'up' : 'refused'}>
          {ok ? '✓' : '✕'} {instance} in {session_id} {ok ? `runs version ${version} now` : 'keeps the version before'}
          {message !== null && `: ${message}`}
        </li>
      ))}
    </ul>
  );
}

function ConflictBanner({ strategy }: { strategy: OpenStrategy }) {
  const { workbench, canEdit } = useDesk();
  const theirs = strategy.conflict.value?.theirs;
  const compared = strategy.comparison.value?.with === 'theirs';
  if (!theirs) return null;
  const busy = strategy.saving.value || !canEdit.value;
  return (
    <div class="notice conflict" role="alert" data-testid="conflict">
      <strong>Conflict</strong>
      <span>
        Version {theirs.version}, by {theirs.author}, was made since you began with{' '}
        {strategy.base.value.version === null ? 'a new strategy' : `version ${strategy.base.value.version}`}. Nothing
        was saved.
      </span>
      <span class="notice-actions">
        <button
          type="button"
          aria-pressed={compared}
          data-testid="conflict-difference"
          onClick={() => (strategy.comparison.value = compared ? null : { with: 'theirs' })}
        >
          Show difference
        </button>
        <button type="button" data-testid="conflict-theirs" disabled={busy} onClick={() => strategy.takeTheirs()}>
          Take theirs
        </button>
        <button
          type="button"
          class="danger"
          data-testid="conflict-overwrite"
          disabled={busy}
          onClick={() => void workbench.save(strategy, 'overwrite')}
        >
          Save mine on top
        </button>
      </span>
    </div>
  );
}
