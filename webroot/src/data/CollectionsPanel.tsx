import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { collectionsApi, type Collection } from '../api/collections';
import { DataGrid, timeColumn, type Column } from '../components/DataGrid';
import { useDesk } from '../desk/context';
import { goTo, hashOf } from '../desk/route';
import { bytes, count } from '../system/units';
import { Age } from './Age';
import { ImportDialog } from './ImportDialog';
import { RecordDialog } from './RecordDialog';
import { isOver, upToDate } from './recordings';
import { StopButton } from './StopButton';

/** All data collections, newest first. */
export function CollectionsPanel({ shown }: { shown: boolean }) {
  const { connected, recordings, canTrade, account } = useDesk();
  const asked = useSignal<readonly Collection[] | null>(null);
  const more = useSignal<string | null>(null);
  const problem = useSignal<string | null>(null);
  const dialog = useSignal<'record' | 'import' | null>(null);
  const isConnected = connected.value;
  // What begins, ends or goes is asked for again; rows are heard.
  const news = useComputed(() => {
    const states = [...recordings.live.value].map(([id, { status }]) => id + status);
    return [...states, ...recordings.gone.value].join();
  });

  const load = async (cursor: string | null): Promise<void> => {
    try {
      const page = await collectionsApi.list(cursor);
      asked.value = cursor === null ? page.items : [...(asked.peek() ?? []), ...page.items];
      more.value = page.next_cursor;
      problem.value = null;
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error);
    }
  };
  useEffect(() => {
    if (shown && isConnected) void load(null);
  }, [shown, isConnected, news.value]);

  const columns = useMemo(columnsOf, []);
  const live = recordings.live.value;
  const list = asked.value?.map((each) => upToDate(each, live.get(each.session_id)));
  const close = (): void => {
    dialog.value = null;
  };
  return (
    <section class="panel data-list" aria-label="Data" hidden={!shown} data-testid="data-list">
      <div class="panel-head">
        <h2>Recordings and imports</h2>
        <span class="data-gap" />
        <button
          type="button"
          data-testid="open-import"
          disabled={!isConnected || !account.may('publish')}
          onClick={() => (dialog.value = 'import')}
        >
          Import…
        </button>
        <button
          type="button"
          class="primary"
          data-testid="open-record"
          disabled={!canTrade.value}
          onClick={() => (dialog.value = 'record')}
        >
          Record…
        </button>
      </div>
      <Age />
      {problem.value !== null && (
        <p class="data-problem" role="alert">
          Not up to date: {problem.value}{' '}
          <button type="button" onClick={() => void load(null)}>
            Try again
          </button>
        </p>
      )}
      {list === undefined ? (
        problem.value === null && <div class="waiting-room skeleton" aria-busy="true" aria-label="Loading data" />
      ) : (
        <div class="panel-body">
          <DataGrid
            label="Data collections"
            columns={columns}
            items={list}
            total={list.length}
            keyOf={({ session_id }) => session_id}
            rowTestId="data-row"
            empty="Nothing was recorded or imported yet. Record keeps a data set as it is played; Import takes a file of CSV or Parquet."
          />
          {more.value !== null && (
            <button type="button" class="quiet" onClick={() => void load(more.peek())}>
              Older data
            </button>
          )}
        </div>
      )}
      {dialog.value === 'record' && (
        <RecordDialog
          onClose={close}
          onStarted={(id) => {
            close();
            goTo('data', id);
          }}
        />
      )}
      {dialog.value === 'import' && (
        <ImportDialog
          onClose={close}
          onImported={(id) => {
            close();
            goTo('data', id);
          }}
        />
      )}
    </section>
  );
}

function columnsOf(): readonly Column<Collection>[] {
  return [
    timeColumn('Started', ({ started_at }) => started_at),
    {
      title: 'Recording',
      width: '174px',
      cell: ({ session_id }) => <a href={hashOf({ page: 'data', rest: session_id })}>{session_id}</a>,
    },
    { title: 'Data', width: 'minmax(110px, 1fr)', cell: ({ data }) => <span title={data}>{data}</span> },
    { title: 'Symbols', width: '90px', cell: ({ symbols }) => <span title={symbols.join(', ')}>{symbols.join(', ')}</span> },
    { title: 'Streams', width: '110px', cell: (each) => <span title={streamsOf(each)}>{streamsOf(each)}</span> },
    {
      title: 'Status',
      width: '80px',
      cell: ({ status, error }) => (
        <span class={`status ${status}`} title={error ?? undefined}>
          {status}
        </span>
      ),
    },
    { title: 'Rows', width: '90px', align: 'right', cell: ({ rows }) => count(rows) },
    { title: 'Size', width: '70px', align: 'right', cell: (each) => (isOver(each) ? bytes(each.bytes) : '–') },
    timeColumn('From', ({ from }) => from, '164px'),
    timeColumn('To', ({ to, clock }) => clock ?? to, '164px'),
    { title: 'Action', width: '70px', cell: (each) => <StopButton collection={each} /> },
  ];
}

/** What it holds, once it holds anything; what was asked for before. */
const streamsOf = ({ contents, streams }: Collection): string =>
  [...new Set(contents.length > 0 ? contents.map(({ stream }) => stream) : streams)].join(', ');
