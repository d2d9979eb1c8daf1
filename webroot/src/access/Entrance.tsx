import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Account } from './account';
import { LoginPage } from './LoginPage';
import { PasswordForm } from './PasswordForm';
import './access.css';

/** A link that the first start prints: `#/login/USER/PASSWORD`. It is gone from the address once it is read. */
function invitation(): { user: string; password: string } | null {
  const found = /^#\/login\/([^/]+)\/([^/]+)$/.exec(location.hash);
  if (!found) return null;
  history.replaceState(null, '', location.pathname);
  return { user: found[1] ?? '', password: found[2] ?? '' };
}

/** Lets in who has logged in and has a password of their own; the console stays as it was behind it. */
export function Entrance({ account, children }: { account: Account; children: ComponentChildren }) {
  const invited = useRef(invitation());
  const given = useSignal('');
  const entered = useSignal<string | null>(null);
  const identity = account.identity.value;
  const asking = account.asking.value;
  useEffect(() => {
    void account.ask();
  }, [account]);
  useEffect(() => {
    if (!identity || identity.must_change) return;
    given.value = '';
    if (entered.value !== null && entered.value !== identity.user) location.reload(); // nothing of the one before stays
    entered.value = identity.user;
  }, [identity, given, entered]);
  const inside = identity !== null && !identity.must_change;
  return (
    <>
      {entered.value !== null && (
        <div class="inside" hidden={!inside}>
          {children}
        </div>
      )}
      {!inside && (
        <main class="entrance" data-testid="entrance">
          <h1>Sandpiper</h1>
          {typeof asking === 'object' ? (
            <p role="alert">
              {asking.error}{' '}
              <button type="button" onClick={() => void account.ask()}>
                Try again
              </button>
            </p>
          ) : asking === 'asking' ? (
            <p class="waiting" aria-busy="true">
              One moment…
            </p>
          ) : identity === null ? (
            <LoginPage
              again={entered.value !== null}
              invited={invited.current}
              onLogIn={async (user, password) => {
                await account.logIn(user, password);
                invited.current = null;
                given.value = password;
              }}
            />
          ) : (
            <section class="panel form">
              <h2>Choose a password of your own</h2>
              <p>The one you came in with was good for this alone.</p>
              <PasswordForm account={account} current={given.value} />
            </section>
          )}
        </main>
      )}
    </>
  );
}
