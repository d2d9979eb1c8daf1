import { useSignal } from '@preact/signals';
import type { Account } from './account';

interface Props {
  account: Account;
  /** The password now, when it was typed a moment ago; empty to ask for it. */
  current?: string;
  onDone?(): void;
}

/** Chooses another password, typed twice. */
export function PasswordForm({ account, current = '', onDone }: Props) {
  const now = useSignal('');
  const wanted = useSignal('');
  const again = useSignal('');
  const busy = useSignal(false);
  const error = useSignal<string | null>(null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (wanted.value !== again.value) {
      error.value = 'The two are not the same.';
      return;
    }
    busy.value = true;
    error.value = null;
    try {
      await account.changePassword(current || now.value, wanted.value);
      onDone?.();
    } catch (problem) {
      error.value = problem instanceof Error ? problem.message : String(problem);
    } finally {
      busy.value = false;
    }
  };
  const field = (title: string, value: typeof now, testId: string, kind: 'current-password' | 'new-password') => (
    <label class="field">
      <span>{title}</span>
      <input
        type="password"
        required
        minLength={kind === 'new-password' ? 10 : undefined}
        autocomplete={kind}
        data-testid={testId}
        value={value.value}
        onInput={(event) => (value.value = event.currentTarget.value)}
      />
    </label>
  );
  return (
    <form data-testid="password-form" onSubmit={(event) => void submit(event)}>
      {current === '' && field('Password now', now, 'password-now', 'current-password')}
      {field('New password, at least 10 characters', wanted, 'password-new', 'new-password')}
      {field('The same again', again, 'password-again', 'new-password')}
      {error.value && (
        <p class="form-error" role="alert" data-testid="password-error">
          {error.value}
        </p>
      )}
      <button type="submit" class="primary" data-testid="password-submit" disabled={busy.value}>
        {busy.value ? 'Changing…' : 'Change password'}
      </button>
    </form>
  );
}
