import { useSignal } from '@preact/signals';

interface Props {
  /** Whether somebody was inside before. */
  again: boolean;
  invited: { user: string; password: string } | null;
  /** @throws ApiError with the platform's reason */
  onLogIn(user: string, password: string): Promise<void>;
}

/** User and password; what is wrong is said below. */
export function LoginPage({ again, invited, onLogIn }: Props) {
  const user = useSignal(invited?.user ?? '');
  const password = useSignal(invited?.password ?? '');
  const busy = useSignal(false);
  const error = useSignal<string | null>(null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    busy.value = true;
    error.value = null;
    try {
      await onLogIn(user.value.trim(), password.value);
    } catch (problem) {
      error.value = problem instanceof Error ? problem.message : String(problem);
    } finally {
      busy.value = false;
    }
  };
  return (
    <form class="panel form" data-testid="login" onSubmit={(event) => void submit(event)}>
      <h2>Log in</h2>
      {again && <p>You have to log in again; what you typed is still there.</p>}
      <label class="field">
        <span>User</span>
        <input
          type="text"
          autoFocus
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          required
          data-testid="login-user"
          value={user.value}
          onInput={(event) => (user.value = event.currentTarget.value)}
        />
      </label>
      <label class="field">
        <span>Password</span>
        <input
          type="password"
          autocomplete="current-password"
          required
          data-testid="login-password"
          value={password.value}
          onInput={(event) => (password.value = event.currentTarget.value)}
        />
      </label>
      {error.value && (
        <p class="form-error" role="alert" data-testid="login-error">
          {error.value}
        </p>
      )}
      <button type="submit" class="primary" data-testid="login-submit" disabled={busy.value}>
        {busy.value ? 'Logging in…' : 'Log in'}
      </button>
    </form>
  );
}
