import type { ListedStrategy } from '../api/strategies';
import { useDesk } from '../desk/context';
import { hashOf } from '../desk/route';
import { isActive } from '../desk/sessionList';
import type { SessionState } from '../messages';

interface Props {
  current: string;
  onNew(): void;
}

/** Every strategy with its version, and which of them run or hold unsaved text. */
export function StrategyList({ current, onNew }: Props) {
  const { workbench } = useDesk();
  const list = workbench.list.value;
  const drafts = workbench.drafts().map(({ name }) => ({ name, version: null, about: null, error: null }));
  const all = [...(list ?? []), ...drafts].sort((a, b) => (a.name < b.name ? -1 : 1));
  return (
    <section class="panel strategy-list" aria-label="Strategies">
      <div class="panel-head">
        <h2>
          Strategies {list && <span class="count">{all.length}</span>}
        </h2>
        <button type="button" data-testid="new-strategy" disabled={list === null} onClick={onNew}>
          New…
        </button>
      </div>
      <div class="panel-body">
        {workbench.problem.value !== null && (
          <p class="notice problem" role="alert" data-testid="list-error">
            <span>The list is not up to date: {workbench.problem.value}</span>
            <button type="button" onClick={() => void workbench.refresh()}>
              Try again
            </button>
          </p>
        )}
        {list === null ? (
          workbench.problem.value === null && <ListSkeleton />
        ) : all.length === 0 ? (
          <div class="strategies-state" data-testid="no-strategies">
            <p>There is no strategy yet.</p>
            <button type="button" class="primary" onClick={onNew}>
              Write the first
            </button>
          </div>
        ) : (
          <ul>
            {all.map((listed) => (
              <Item key={listed.name} listed={listed} current={listed.name === current} />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

type Listed = Pick<ListedStrategy, 'name' | 'version' | 'about' | 'error'>;

function Item({ listed: { name, version, about, error }, current }: { listed: Listed; current: boolean }) {
  const { workbench, sessions } = useDesk();
  const unsaved = workbench.opened.value.get(name)?.dirty.value ?? false;
  const running = sessions.value.filter((session) => isActive(session) && runs(session, name));
  return (
    <li>
      <a
        href={hashOf({ page: 'strategies', rest: name })}
        aria-current={current ? 'true' : undefined}
        data-testid={`strategy-${name}`}
      >
        <span class="strategy-name">
          {name}
          {unsaved && (
            <span class="unsaved" title="Unsaved text" data-testid={`unsaved-${name}`}>
              ●<span class="sr-only"> unsaved text</span>
            </span>
          )}
        </span>
        <span class="strategy-version">{version === null ? 'no version' : `v${version}`}</span>
        {about !== null && <span class="strategy-about">{about}</span>}
        {running.length > 0 && (
          <span class="strategy-running" title={running.map(({ session_id }) => session_id).join(', ')}>
            ▶ running in {running.length} {running.length === 1 ? 'session' : 'sessions'}
          </span>
        )}
        {error !== null && <span class="strategy-error">✕ {error}</span>}
      </a>
    </li>
  );
}

const runs = ({ strategies }: SessionState, name: string): boolean => strategies.some(({ strategy }) => strategy === name);

function ListSkeleton() {
  return (
    <ul aria-busy="true" aria-label="Loading the strategies" data-testid="list-loading">
      {Array.from({ length: 8 }, (_, index) => (
        <li key={index} class="item-skeleton" />
      ))}
    </ul>
  );
}
