import { ConfirmDialog } from '../components/ConfirmDialog';
import { useDesk } from '../desk/context';
import type { SessionState } from '../messages';

/** Asks before a session is stopped. */
export function StopDialog({ session, onClose }: { session: SessionState; onClose(): void }) {
  const desk = useDesk();
  return (
    <ConfirmDialog
      title="Stop this session?"
      testId="stop-dialog"
      keep="Keep it running"
      confirm="Stop session"
      asksWhy={false}
      onClose={onClose}
      act={() => desk.stop(session.session_id)}
    >
      <p>
        Session <code>{session.session_id}</code> on {session.symbols.join(', ')} ends. A stopped session cannot be
        continued.
      </p>
    </ConfirmDialog>
  );
}
