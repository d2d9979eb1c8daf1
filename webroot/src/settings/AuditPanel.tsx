import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { listAudit, type AuditRow } from '../api/access';
import { DataGrid, timeColumn, type Column } from '../components/DataGrid';
import { Waiting } from '../components/Waiting';
import { useDesk } from '../desk/context';
import type { Loaded } from '../components/loaded';

/** Who did what, and what came of it. */
export function AuditPanel({ shown }: { shown: boolean }) {
  const { connected } = useDesk();
  const rows = useSignal<Loaded<readonly AuditRow[]>>({ state: 'loading' });
  const more = useSignal<string | null>(null);
  const load = async (cursor: string | null): Promise<void> => {
    try {
      const page = await listAudit(cursor);
      const before = cursor !== null && rows.value.state === 'ready' ? rows.value.value : [];
      rows.value = { state: 'ready', value: [...before, ...page.items] };
      more.value = page.next_cursor;
    } catch (problem) {
      rows.value = { state: 'failed', detail: problem instanceof Error ? problem.message : String(problem) };
    }
  };
  useEffect(() => {
    if (shown && connected.value) void load(null);
  }, [shown, connected.value]);
  const loaded = rows.value;
  return (
    <section class="panel settings-panel" aria-label="Audit log">
      <div class="panel-head">
        <h2>Audit log</h2>
        <button type="button" onClick={() => void load(null)}>
          Refresh
        </button>
        {more.value !== null && (
          <button type="button" data-testid="audit-more" onClick={() => void load(more.peek())}>
            Older
          </button>
        )}
      </div>
      <div class="settings-body">
        {loaded.state === 'ready' ? (
          <div class="settings-grid">
            <DataGrid
              label="What was done, newest first"
              columns={COLUMNS}
              items={loaded.value}
              total={loaded.value.length}
              most={Infinity}
              keyOf={({ entry }) => String(entry)}
              rowTestId="audit-row"
              empty="Nothing was done yet."
            />
          </div>
        ) : (
          <Waiting loaded={loaded} what="The audit log" onRetry={() => void load(null)} />
        )}
      </div>
    </section>
  );
}

const COLUMNS: readonly Column<AuditRow>[] = [
  timeColumn('Time', ({ at }) => at),
  { title: 'Who', width: '120px', cell: ({ user }) => user },
  { title: 'From', width: '110px', cell: ({ remote }) => remote ?? '' },
  { title: 'What', width: '150px', cell: ({ operation }) => operation },
  { title: 'Came to', width: '80px', cell: ({ status }) => status ?? 'open' },
  { title: 'Where', width: '220px', cell: ({ target }) => <span title={target}>{target}</span> },
  { title: 'Sent', width: 'minmax(220px, 1fr)', cell: ({ detail }) => <span title={detail ?? ''}>{detail ?? ''}</span> },
  { title: 'Problem', width: '220px', cell: ({ problem }) => <span title={problem ?? ''}>{problem ?? ''}</span> },
];
