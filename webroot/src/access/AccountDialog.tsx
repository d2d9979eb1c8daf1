import { useSignal } from '@preact/signals';
import { Modal } from '../components/Modal';
import { useDesk } from '../desk/context';
import { PasswordForm } from './PasswordForm';

/** Who has logged in, what they may do, another password, and the way out. */
export function AccountDialog({ onClose }: { onClose(): void }) {
  const desk = useDesk();
  const { account } = desk;
  const changing = useSignal(false);
  const identity = account.identity.value;
  if (!identity) return null;
  const leave = async (): Promise<void> => {
    try {
      await account.logOut();
      onClose();
    } catch (problem) {
      desk.alerts.raise('error', problem instanceof Error ? problem.message : String(problem));
    }
  };
  return (
    <Modal title={identity.user} testId="account-dialog" onClose={onClose}>
      <p data-testid="account-role">
        Role {identity.role}: {identity.permissions.join(', ')}
      </p>
      {changing.value && (
        <PasswordForm
          account={account}
          onDone={() => {
            changing.value = false;
            desk.alerts.raise('info', 'The password is changed; other logins of yours have ended.');
          }}
        />
      )}
      <p>
        <a href="/docs" target="_blank" rel="noopener" data-testid="docs-link">
          What programs can do by REST
        </a>
      </p>
      <div class="dialog-buttons">
        <button type="button" autoFocus onClick={onClose}>
          Close
        </button>
        {!changing.value && (
          <button type="button" data-testid="change-password" onClick={() => (changing.value = true)}>
            Change password…
          </button>
        )}
        <button type="button" class="danger" data-testid="logout" onClick={() => void leave()}>
          Log out
        </button>
      </div>
    </Modal>
  );
}
