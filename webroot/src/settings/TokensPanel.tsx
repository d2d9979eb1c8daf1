import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { createToken, listTokens, revokeToken, type Permission, type Token } from '../api/access';
import { DataGrid, timeColumn, type Column } from '../components/DataGrid';
import { Waiting } from '../components/Waiting';
import { useDesk } from '../desk/context';
import { Loader } from '../components/loaded';
import { useAttempt } from './attempt';
import { Secret } from './Secret';

/** Logins of browsers and tokens of programs: made, looked at, revoked. */
export function TokensPanel({ shown }: { shown: boolean }) {
  const { account, connected } = useDesk();
  const tokens = useMemo(() => new Loader(listTokens), []);
  const { error, attempt } = useAttempt(() => tokens.load());
  const made = useSignal<string | null>(null);
  const label = useSignal('');
  const chosen = useSignal<readonly Permission[]>(['read']);
  useEffect(() => {
    if (shown && connected.value) void tokens.load();
  }, [shown, connected.value]);
  const columns = useMemo(() => columnsOf((token) => void attempt(async () => void (await revokeToken(token.token_id)))), []);
  const loaded = tokens.now.value;
  const permissions = account.identity.value?.permissions ?? [];
  return (
    <section class="panel settings-panel" aria-label="Logins and tokens">
      <div class="panel-head">
        <h2>Logins and tokens</h2>
      </div>
      <div class="settings-body">
        <form
          class="settings-form"
          onSubmit={(event) => {
            event.preventDefault();
            void attempt(async () => {
              made.value = (await createToken(label.value.trim(), chosen.value)).secret;
              label.value = '';
            });
          }}
        >
          <label class="field">
            <span>A token for</span>
            <input
              type="text"
              maxLength={100}
              placeholder="such as my notebook"
              data-testid="token-label"
              value={label.value}
              onInput={(event) => (label.value = event.currentTarget.value)}
            />
          </label>
          <fieldset class="permissions">
            <legend>It may</legend>
            {permissions.map((permission) => (
              <label key={permission} class="check">
                <input
                  type="checkbox"
                  data-testid={`token-may-${permission}`}
                  checked={chosen.value.includes(permission)}
                  onChange={({ currentTarget }) =>
                    (chosen.value = currentTarget.checked
                      ? [...chosen.value, permission]
                      : chosen.value.filter((each) => each !== permission))
                  }
                />
                {permission}
              </label>
            ))}
          </fieldset>
          <button
            type="submit"
            data-testid="token-create"
            disabled={!connected.value || label.value.trim() === '' || chosen.value.length === 0}
          >
            Make token
          </button>
        </form>
        {error.value !== null && (
          <p class="form-error" role="alert" data-testid="token-error">
            {error.value}
          </p>
        )}
        {loaded.state === 'ready' ? (
          <div class="settings-grid">
            <DataGrid
              label="Logins and tokens, newest first"
              columns={columns}
              items={loaded.value}
              total={loaded.value.length}
              keyOf={({ token_id }) => token_id}
              rowTestId="token-row"
              empty="None."
            />
          </div>
        ) : (
          <Waiting loaded={loaded} what="The tokens" onRetry={() => void tokens.load()} />
        )}
      </div>
      {made.value !== null && (
        <Secret
          title="The token"
          about="Programs send it in the header Authorization, after the word Bearer."
          secret={made.value}
          onClose={() => (made.value = null)}
        />
      )}
    </section>
  );
}

function columnsOf(onRevoke: (token: Token) => void): readonly Column<Token>[] {
  return [
    { title: 'Of', width: '110px', cell: ({ user }) => user },
    { title: 'For', width: 'minmax(140px, 1fr)', cell: ({ label, kind }) => (kind === 'login' ? 'a browser' : label) },
    { title: 'May', width: '240px', cell: ({ permissions }) => permissions.join(', ') },
    timeColumn('Made', ({ created_at }) => created_at),
    timeColumn('Used', ({ last_used_at }) => last_used_at),
    timeColumn('Until', ({ expires_at }) => expires_at),
    {
      title: 'Revoke',
      width: '90px',
      cell: (token) => (
        <button type="button" class="row-action" data-testid="token-revoke" onClick={() => onRevoke(token)}>
          Revoke
        </button>
      ),
    },
  ];
}
