import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useDesk } from '../desk/context';
import { Modal } from './Modal';

interface Props {
  title: string;
  testId: string;
  /** Of the harmless choice, which has the focus. */
  keep: string;
  /** Of the other one. */
  confirm: string;
  children: ComponentChildren;
  /** Whether a reason goes on record with it; it does unless told otherwise. */
  asksWhy?: boolean;
  onClose(): void;
  /** @param reason what was typed, for the record */
  act(reason: string): Promise<unknown>;
}

/** Asks before something is done in a session that cannot be undone, and why; a refusal stays in the dialog. */
export function ConfirmDialog({ title, testId, keep, confirm, children, asksWhy = true, onClose, act }: Props) {
  const desk = useDesk();
  const reason = useSignal('by hand, in the console');
  const busy = useSignal(false);
  const error = useSignal<string | null>(null);
  const run = async (): Promise<void> => {
    busy.value = true;
    try {
      await act(reason.value.trim());
      onClose();
    } catch (problem) {
      error.value = problem instanceof Error ? problem.message : String(problem);
    } finally {
      busy.value = false;
    }
  };
  return (
    <Modal title={title} testId={testId} onClose={onClose}>
      {children}
      {asksWhy && (
        <label class="field">
          <span>Reason, for the record</span>
          <input
            type="text"
            maxLength={200}
            data-testid={`${testId}-reason`}
            value={reason.value}
            onInput={(event) => (reason.value = event.currentTarget.value)}
          />
        </label>
      )}
      {error.value && (
        <p class="form-error" role="alert" data-testid={`${testId}-error`}>
          {error.value}
        </p>
      )}
      <div class="dialog-buttons">
        <button type="button" autoFocus data-testid={`${testId}-keep`} onClick={onClose}>
          {keep}
        </button>
        <button
          type="button"
          class="danger"
          data-testid={`${testId}-confirm`}
          disabled={busy.value || !desk.canTrade.value || reason.value.trim() === ''}
          onClick={() => void run()}
        >
          {confirm}
        </button>
      </div>
    </Modal>
  );
}
