import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { changeUser, createUser, deleteUser, listUsers, resetPassword, type Role, type User } from '../api/access';
import { ConfirmDialog } from '../components/ConfirmDialog';
import { DataGrid, timeColumn, type Column } from '../components/DataGrid';
import { Waiting } from '../components/Waiting';
import { useDesk } from '../desk/context';
import { Loader } from '../components/loaded';
import { useAttempt } from './attempt';
import { Secret } from './Secret';

const ROLES: readonly Role[] = ['viewer', 'trader', 'admin'];

/** Who may come in, and as what. */
export function UsersPanel({ shown }: { shown: boolean }) {
  const { connected } = useDesk();
  const users = useMemo(() => new Loader(listUsers), []);
  const { error, attempt } = useAttempt(() => users.load());
  const given = useSignal<{ user: string; password: string } | null>(null);
  const leaving = useSignal<User | null>(null);
  const name = useSignal('');
  const role = useSignal<Role>('viewer');
  useEffect(() => {
    if (shown && connected.value) void users.load();
  }, [shown, connected.value]);
  const columns = useMemo(
    () =>
      columnsOf({
        onChange: (user, change) => void attempt(async () => void (await changeUser(user.user, change))),
        onReset: ({ user }) =>
          void attempt(async () => {
            given.value = { user, password: (await resetPassword(user)).one_time_password };
          }),
        onDelete: (user) => (leaving.value = user),
      }),
    [],
  );
  const loaded = users.now.value;
  return (
    <section class="panel settings-panel" aria-label="Users">
      <div class="panel-head">
        <h2>Users</h2>
      </div>
      <div class="settings-body">
        <form
          class="settings-form"
          onSubmit={(event) => {
            event.preventDefault();
            void attempt(async () => {
              const made = await createUser(name.value.trim(), role.value);
              given.value = { user: made.user, password: made.one_time_password };
              name.value = '';
            });
          }}
        >
          <label class="field">
            <span>A user named</span>
            <input
              type="text"
              maxLength={40}
              autocomplete="off"
              data-testid="user-name"
              value={name.value}
              onInput={(event) => (name.value = event.currentTarget.value)}
            />
          </label>
          <label class="field">
            <span>Role</span>
            <select
              data-testid="user-role"
              value={role.value}
              onChange={(event) => (role.value = event.currentTarget.value as Role)}
            >
              {ROLES.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          </label>
          <button type="submit" data-testid="user-create" disabled={!connected.value || name.value.trim() === ''}>
            Let in
          </button>
        </form>
        {error.value !== null && (
          <p class="form-error" role="alert" data-testid="user-error">
            {error.value}
          </p>
        )}
        {loaded.state === 'ready' ? (
          <div class="settings-grid">
            <DataGrid
              label="Users by name"
              columns={columns}
              items={loaded.value}
              total={loaded.value.length}
              keyOf={({ user }) => user}
              rowTestId="user-row"
              empty="None."
            />
          </div>
        ) : (
          <Waiting loaded={loaded} what="The users" onRetry={() => void users.load()} />
        )}
      </div>
      {given.value !== null && (
        <Secret
          title={`The password of ${given.value.user}`}
          about="It is good once, for choosing another."
          secret={given.value.password}
          onClose={() => (given.value = null)}
        />
      )}
      {leaving.value !== null && (
        <ConfirmDialog
          title={`Delete ${leaving.value.user}?`}
          testId="delete-user-dialog"
          keep="Keep"
          confirm="Delete user"
          asksWhy={false}
          onClose={() => (leaving.value = null)}
          act={async () => {
            await deleteUser(leaving.peek()?.user ?? '');
            await users.load();
          }}
        >
          <p>Their logins and tokens end at once. What they did stays on record under their name.</p>
        </ConfirmDialog>
      )}
    </section>
  );
}

interface Actions {
  onChange(user: User, change: { role?: Role; disabled?: boolean }): void;
  onReset(user: User): void;
  onDelete(user: User): void;
}

function columnsOf({ onChange, onReset, onDelete }: Actions): readonly Column<User>[] {
  return [
    { title: 'Name', width: 'minmax(120px, 1fr)', cell: ({ user }) => user },
    {
      title: 'Role',
      width: '110px',
      cell: (user) => (
        <select
          aria-label={`Role of ${user.user}`}
          data-testid="role-of"
          value={user.role}
          onChange={(event) => onChange(user, { role: event.currentTarget.value as Role })}
        >
          {ROLES.map((role) => (
            <option key={role}>{role}</option>
          ))}
        </select>
      ),
    },
    timeColumn('Since', ({ created_at }) => created_at),
    {
      title: 'Standing',
      width: '170px',
      cell: ({ disabled, must_change }) => (disabled ? 'shut out' : must_change ? 'must choose a password' : 'active'),
    },
    {
      title: 'Access',
      width: '100px',
      cell: (user) => (
        <button
          type="button"
          class="row-action"
          data-testid="user-disable"
          aria-label={user.disabled ? `Let ${user.user} in` : `Shut ${user.user} out`}
          onClick={() => onChange(user, { disabled: !user.disabled })}
        >
          {user.disabled ? 'Let in' : 'Shut out'}
        </button>
      ),
    },
    {
      title: 'Password',
      width: '100px',
      cell: (user) => (
        <button
          type="button"
          class="row-action"
          data-testid="user-reset"
          aria-label={`Reset the password of ${user.user}`}
          onClick={() => onReset(user)}
        >
          Reset
        </button>
      ),
    },
    {
      title: 'Delete',
      width: '90px',
      cell: (user) => (
        <button
          type="button"
          class="row-action"
          data-testid="user-delete"
          aria-label={`Delete ${user.user}`}
          onClick={() => onDelete(user)}
        >
          Delete…
        </button>
      ),
    },
  ];
}
