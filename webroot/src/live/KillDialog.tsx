import { useSignal } from '@preact/signals';
import { killSwitch, release, type KillAction } from '../api/trading';
import { ConfirmDialog } from '../components/ConfirmDialog';
import type { RiskAlert, SessionState } from '../messages';

interface Props {
  session: SessionState;
  /** Why trading is stopped already; null while it is not. */
  stoppedBy: RiskAlert | null;
  onClose(): void;
}

/** Stops trading in a session that goes on, or lets it go on. */
export function KillDialog({ session, stoppedBy, onClose }: Props) {
  const action = useSignal<KillAction>('cancel');
  const id = session.session_id;
  if (stoppedBy) {
    return (
      <ConfirmDialog
        title="Let trading go on?"
        testId="release-dialog"
        keep="Leave it stopped"
        confirm="Release trading"
        onClose={onClose}
        act={(reason) => release(id, reason)}
      >
        <p>
          Trading in <code>{id}</code> is stopped: {stoppedBy.text}.
        </p>
      </ConfirmDialog>
    );
  }
  return (
    <ConfirmDialog
      title="Stop trading in this session?"
      testId="kill-dialog"
      keep="Let it trade"
      confirm="Stop trading"
      onClose={onClose}
      act={(reason) => killSwitch(id, action.value, reason)}
    >
      <p>
        Session <code>{id}</code> runs on and opens nothing more until trading is released.
      </p>
      <fieldset class="choices">
        <legend>What is there already</legend>
        <label>
          <input
            type="radio"
            name="kill-action"
            checked={action.value === 'cancel'}
            onChange={() => (action.value = 'cancel')}
          />
          Cancel what waits to open a position; exits stay
        </label>
        <label>
          <input
            type="radio"
            name="kill-action"
            data-testid="kill-close"
            checked={action.value === 'close'}
            onChange={() => (action.value = 'close')}
          />
          Cancel every order and close every position at the market
        </label>
      </fieldset>
    </ConfirmDialog>
  );
}
