import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { exportPath, historyApi, type Kind, type Row } from '../api/history';
import { DataGrid } from '../components/DataGrid';
import { Tabs } from '../components/Tabs';
import { COLUMNS } from './columns';

const TITLES: Record<Kind, string> = {
  signals: 'Signals',
  orders: 'Orders',
  fills: 'Fills',
  positions: 'Positions',
  equity: 'Equity',
  'risk-alerts': 'Risk alerts',
  alerts: 'Alerts',
  log: 'Log',
};

/** All that a session left behind, list by list; each can be taken along as a file. */
export function Records({ id }: { id: string }) {
  return (
    <section class="result-part" aria-label="Records">
      <h3>Records</h3>
      <div class="history-records">
        <Tabs
          label="Records"
          tabs={(Object.keys(TITLES) as Kind[]).map((kind) => ({
            id: `history-${kind}`,
            title: TITLES[kind],
            content: () => <Rows key={kind} id={id} kind={kind} />,
          }))}
        />
      </div>
    </section>
  );
}

function Rows({ id, kind }: { id: string; kind: Kind }) {
  const rows = useSignal<readonly Row[] | null>(null);
  const more = useSignal<string | null>(null);
  const problem = useSignal<string | null>(null);
  const load = async (cursor: string | null): Promise<void> => {
    try {
      const page = await historyApi.rows(kind, id, cursor);
      rows.value = [...(cursor === null ? [] : (rows.peek() ?? [])), ...page.items];
      more.value = page.next_cursor;
      problem.value = null;
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error);
    }
  };
  useEffect(() => void load(null), [id, kind]);
  const shown = rows.value;
  return (
    <div class="history-rows">
      <div class="history-tools">
        <span class="run-about">{shown === null ? 'Loading…' : `${shown.length}${more.value === null ? '' : ', and more'}`}</span>
        {more.value !== null && (
          <button type="button" onClick={() => void load(more.peek())}>
            More
          </button>
        )}
        <a href={exportPath(id, kind, 'csv')} download data-testid={`export-${kind}-csv`}>
          CSV
        </a>
        <a href={exportPath(id, kind, 'json')} download data-testid={`export-${kind}-json`}>
          JSON
        </a>
      </div>
      {problem.value !== null && (
        <p class="history-problem" role="alert">
          {TITLES[kind]} cannot be shown: {problem.value}{' '}
          <button type="button" onClick={() => void load(null)}>
            Try again
          </button>
        </p>
      )}
      {shown !== null && (
        <DataGrid
          label={TITLES[kind]}
          columns={COLUMNS[kind]}
          items={shown}
          most={Infinity}
          total={shown.length}
          keyOf={keyOf}
          rowTestId={`history-${kind}`}
          empty="None."
        />
      )}
    </div>
  );
}

const IDS = ['signal_id', 'order_id', 'fill_id', 'position_id', 'seq', 'idx', 'strategy'] as const;

const keyOf = (row: Row): string => IDS.map((name) => String(row[name])).join(' ');
