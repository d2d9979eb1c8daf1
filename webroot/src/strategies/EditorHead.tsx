import type { Signal } from '@preact/signals';
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
    </div>
  );
}
