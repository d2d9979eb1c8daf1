import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { historyApi, type StoredSession } from '../api/history';
import { DataGrid, timeColumn, type Column } from '../components/DataGrid';
import { Signed } from '../components/Signed';
import { useDesk } from '../desk/context';
import { goTo, hashOf } from '../desk/route';
import { percent } from '../format';
import type { SessionState } from '../messages';
import { titleOf } from './about';

/** As many can be held side by side. */
const MOST = 4;

const MODES: readonly { mode: SessionState['mode'] | null; title: string }[] = [
  { mode: null, title: 'All' },
  { mode: 'backtest', title: 'Backtests' },
  { mode: 'paper', title: 'Paper' },
  { mode: 'live', title: 'Live' },
];

/** All sessions, newest first, to open one or to choose some for comparison. */
export function SessionsPanel({ shown }: { shown: boolean }) {
  const desk = useDesk();
  const mode = useSignal<SessionState['mode'] | null>(null);
  const sessions = useSignal<readonly StoredSession[] | null>(null);
  const more = useSignal<string | null>(null);
  const problem = useSignal<string | null>(null);
  const chosen = useSignal<readonly string[]>([]);
  const connected = desk.connected.value;
  // What the platform tells of its sessions decides when to ask again.
  const news = useComputed(() => desk.sessions.value.map(({ session_id, status }) => session_id + status).join());

  const load = async (cursor: string | null): Promise<void> => {
    const wanted = mode.peek();
    try {
      const page = await historyApi.list(wanted, cursor);
      if (wanted !== mode.peek()) return;
      sessions.value = cursor === null ? page.items : [...(sessions.peek() ?? []), ...page.items];
      more.value = page.next_cursor;
      problem.value = null;
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error);
    }
  };
  useEffect(() => {
    if (shown && connected) void load(null);
  }, [shown, connected, mode.value, news.value]);

  const marked = chosen.value;
  const columns = useMemo(() => columnsOf(marked, (ids) => (chosen.value = ids)), [marked, chosen]);
  const list = sessions.value;
  return (
    <section class="panel history-list" aria-label="History" hidden={!shown} data-testid="history-list">
      <div class="panel-head">
        <h2>Sessions</h2>
        <div class="history-modes" role="group" aria-label="Mode">
          {MODES.map((each) => (
            <button
              key={each.title}
              type="button"
              aria-pressed={mode.value === each.mode}
              onClick={() => {
                sessions.value = null;
                mode.value = each.mode;
              }}
            >
              {each.title}
            </button>
          ))}
        </div>
        <button
          type="button"
          data-testid="compare"
          disabled={marked.length < 2}
          title={marked.length < 2 ? 'Choose two to four that have ended' : undefined}
          onClick={() => goTo('history', marked.join(','))}
        >
          Compare{marked.length > 0 && ` ${marked.length}`}
        </button>
      </div>
      {problem.value !== null && (
        <p class="history-problem" role="alert">
          Not up to date: {problem.value}{' '}
          <button type="button" onClick={() => void load(null)}>
            Try again
          </button>
        </p>
      )}
      {list === null ? (
        problem.value === null && <div class="waiting-room skeleton" aria-busy="true" aria-label="Loading sessions" />
      ) : (
        <div class="panel-body">
          <DataGrid
            label="Sessions"
            columns={columns}
            items={list}
            total={list.length}
            keyOf={({ session_id }) => session_id}
            rowTestId="history-row"
            empty={mode.value === null ? 'No session has run yet.' : 'No session of this mode has run yet.'}
          />
          {more.value !== null && (
            <button type="button" class="quiet" onClick={() => void load(more.peek())}>
              Older sessions
            </button>
          )}
        </div>
      )}
    </section>
  );
}

const hasResult = ({ summary }: StoredSession): boolean => summary !== null;

function columnsOf(chosen: readonly string[], onChoose: (ids: readonly string[]) => void): readonly Column<StoredSession>[] {
  return [
    {
      title: 'Compare',
      width: '76px',
      cell: (session) => {
        const id = session.session_id;
        const isChosen = chosen.includes(id);
        return (
          <input
            type="checkbox"
            data-testid="choose-session"
            aria-label={`Compare ${id}`}
            checked={isChosen}
            disabled={!hasResult(session) || (!isChosen && chosen.length === MOST)}
            onChange={() => onChoose(isChosen ? chosen.filter((each) => each !== id) : [...chosen, id])}
          />
        );
      },
    },
    timeColumn('Started', ({ started_at }) => started_at),
    {
      title: 'Session',
      width: '200px',
      cell: ({ session_id }) => <a href={hashOf({ page: 'history', rest: session_id })}>{session_id}</a>,
    },
    { title: 'Mode', width: '90px', cell: ({ mode }) => mode },
    { title: 'Strategies', width: 'minmax(150px, 1fr)', cell: (session) => <span title={titleOf(session)}>{titleOf(session)}</span> },
    { title: 'Symbols', width: '90px', cell: ({ symbols }) => symbols.join(', ') },
    { title: 'Data', width: '110px', cell: ({ data }) => <span title={data}>{data}</span> },
    {
      title: 'Status',
      width: '100px',
      cell: ({ status, cancelled, error }) => (
        <span class={`status ${status}`} title={error ?? undefined}>
          {cancelled ? 'cancelled' : status}
        </span>
      ),
    },
    { title: 'Net', width: '130px', align: 'right', cell: ({ summary }) => <Signed value={summary?.net ?? null} /> },
    { title: 'Max drawdown', width: '120px', align: 'right', cell: ({ summary }) => percent(summary?.max_drawdown ?? null) },
    { title: 'Trades', width: '80px', align: 'right', cell: ({ summary }) => summary?.closed_trades ?? '–' },
  ];
}
