import { useSignal, type Signal } from '@preact/signals';
import { ConfirmDialog } from '../components/ConfirmDialog';
import { useDesk } from '../desk/context';
import { goTo, hashOf } from '../desk/route';
import type { OpenStrategy } from './openStrategy';

interface Props {
  strategy: OpenStrategy;
  /** Whether the versions are shown. */
  history: Signal<boolean>;
}

/** Which strategy in which version, and what can be done with its text. */
export function EditorHead({ strategy, history }: Props) {
  const { workbench, canEdit } = useDesk();
  const { version, author } = strategy.base.value;
  const dirty = strategy.dirty.value;
  const leaving = useSignal(false);
  const discard = (): void => {
    if (version === null) {
      workbench.drop(strategy.name);
      goTo('strategies', '');
    } else {
      strategy.discard();
    }
  };
  return (
    <div class="panel-head editor-head">
      <a class="back" href={hashOf({ page: 'strategies', rest: '' })}>
        ‹ <span class="sr-only">All strategies</span>
      </a>
      <h2>{strategy.name}</h2>
      <span class="editor-version" data-testid="editor-version">
        {version === null ? 'no version yet' : `version ${version}${author === null ? '' : `, by ${author}`}`}
      </span>
      <span class="unsaved" data-testid="unsaved">
        {dirty && '● unsaved'}
      </span>
      <span class="editor-actions">
        {dirty && (
          <button type="button" class="quiet" data-testid="discard" disabled={strategy.saving.value} onClick={discard}>
            Discard
          </button>
        )}
        {version !== null && (
          <button
            type="button"
            aria-pressed={history.value}
            data-testid="history-toggle"
            onClick={() => (history.value = !history.value)}
          >
            History
          </button>
        )}
        {version !== null && (
          <button type="button" data-testid="delete-strategy" disabled={!canEdit.value} onClick={() => (leaving.value = true)}>
            Delete…
          </button>
        )}
        <button
          type="button"
          class="primary"
          title="Save (Ctrl+S)"
          data-testid="save"
          disabled={strategy.saving.value || !canEdit.value}
          onClick={() => void workbench.save(strategy)}
        >
          {strategy.saving.value ? 'Saving…' : 'Save'}
        </button>
      </span>
      {leaving.value && (
        <ConfirmDialog
          title={`Delete ${strategy.name}?`}
          testId="delete-strategy-dialog"
          keep="Keep"
          confirm="Delete strategy"
          asksWhy={false}
          onClose={() => (leaving.value = false)}
          act={async () => {
            await workbench.delete(strategy.name);
            goTo('strategies', '');
          }}
        >
          <p>
            It leaves the list, and its file the folder. Its versions stay on record: whoever saves a strategy of this name goes on
            from them. {dirty && 'What was typed and not saved is lost.'}
          </p>
        </ConfirmDialog>
      )}
    </div>
  );
}
