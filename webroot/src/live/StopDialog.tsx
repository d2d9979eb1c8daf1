import { useSignal } from '@preact/signals';
import { Modal } from '../components/Modal';
import { useDesk } from '../desk/context';
import type { SessionState } from '../messages';

/** Asks before a session is stopped; the focus starts on the harmless choice. */
export function StopDialog({ session, onClose }: { session: SessionState; onClose(): void }) {
  const desk = useDesk();
  const busy = useSignal(false);
  const error = useSignal<string | null>(null);
  const stop = async (): Promise<void> => {
    busy.value = true;
    try {
      await desk.stop(session.session_id);
      onClose();
    } catch (problem) {
      error.value = problem instanceof Error ? problem.message : String(problem);
    } finally {
      busy.value = false;
    }
  };
  return (
    <Modal title="Stop this session?" testId="stop-dialog" onClose={onClose}>
      <p>
        Session <code>{session.session_id}</code> on {session.symbols.join(', ')} ends. A stopped session cannot be
        continued.
      </p>
      {error.value && (
        <p class="form-error" role="alert" data-testid="stop-error">
          {error.value}
        </p>
      )}
      <div class="dialog-buttons">
        <button type="button" autoFocus data-testid="stop-cancel" onClick={onClose}>
          Keep it running
        </button>
        <button
          type="button"
          class="danger"
          data-testid="stop-confirm"
          disabled={busy.value || !desk.connected.value}
          onClick={() => void stop()}
        >
          {busy.value ? 'Stopping…' : 'Stop session'}
        </button>
      </div>
    </Modal>
  );
}
