import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { collectionsApi, exportPath, type Collection } from '../api/collections';
import { duration } from '../backtest/duration';
import { ConfirmDialog } from '../components/ConfirmDialog';
import { Loader } from '../components/loaded';
import { Waiting } from '../components/Waiting';
import { useDesk } from '../desk/context';
import { goTo } from '../desk/route';
import { inZone } from '../desk/timeZone';
import { dateTime, pace } from '../format';
import { bytes, count } from '../system/units';
import { Age } from './Age';
import { Figures } from './Figures';
import { QualityView } from './QualityView';
import { isOver, upToDate } from './recordings';
import { StopButton } from './StopButton';

/** One data collection: where it comes from, what it holds, what is wrong with it. */
export function CollectionPanel({ id, shown }: { id: string; shown: boolean }) {
  const { connected, recordings, account, backtests } = useDesk();
  const asked = useMemo(() => new Loader(() => collectionsApi.get(id)), [id]);
  const deleting = useSignal(false);
  const isConnected = connected.value;
  const heard = recordings.live.value.get(id);
  const status = heard?.status;
  useEffect(() => {
    if (shown && isConnected) void asked.load();
  }, [shown, isConnected, status]);
  const loaded = asked.now.value;
  if (loaded.state !== 'ready') {
    return (
      <section class="panel" aria-label="Recording">
        <div class="panel-head">
          <Back />
        </div>
        <Waiting loaded={loaded} what="The recording" onRetry={() => void asked.load()} />
      </section>
    );
  }
  const collection = upToDate(loaded.value, heard);
  return (
    <section class="panel" aria-label={`Recording ${id}`} data-testid="data-collection">
      <div class="panel-head">
        <Back />
        <h2>{collection.data}</h2>
        <span class={`status ${collection.status}`} data-testid="data-status">
          {collection.status}
        </span>
        <span class="data-gap" />
        <StopButton collection={collection} />
        {isOver(collection) && account.may('admin') && (
          <button type="button" class="danger" data-testid="delete-recording" onClick={() => (deleting.value = true)}>
            Delete…
          </button>
        )}
      </div>
      <Age />
      <div class="data-body" tabIndex={0} role="region" aria-label="The recording">
        {collection.error && (
          <p class="form-error" role="alert">
            {collection.error}
          </p>
        )}
        <Facts collection={collection} progress={isOver(collection) ? null : (heard?.consumed ?? null)} />
        <Contents collection={collection} />
        {isOver(collection) ? (
          <QualityView id={id} />
        ) : (
          <p class="data-hint">Stop it to have it counted, exported and looked through for gaps.</p>
        )}
      </div>
      {deleting.value && (
        <ConfirmDialog
          title="Delete this recording?"
          testId="delete-recording-dialog"
          keep="Keep it"
          confirm="Delete for good"
          asksWhy={false}
          onClose={() => (deleting.value = false)}
          act={async () => {
            await collectionsApi.remove(id);
            recordings.forget(id);
            void backtests.loadDataSets();
            goTo('data', '');
          }}
        >
          <p>
            <code>{id}</code> goes with its {count(collection.rows)} rows. Backtests that ran over it keep their results, but
            cannot draw its bars any more. It cannot be had back.
          </p>
        </ConfirmDialog>
      )}
    </section>
  );
}

const Back = () => (
  <button type="button" data-testid="data-back" onClick={() => goTo('data', '')}>
    ‹ Data
  </button>
);

function Facts({ collection, progress }: { collection: Collection; progress: number | null }) {
  const { started_at, ended_at, from } = collection;
  const to = isOver(collection) ? collection.to : collection.clock;
  const facts: [string, string][] = [
    ['Recording', collection.session_id],
    ['Data set', `recording:${collection.session_id}`],
    ['Symbols', collection.symbols.join(', ')],
    ['Streams', collection.streams.join(', ')],
    ['Pace', pace(collection.acceleration)],
    [inZone('Started'), dateTime(started_at)],
    [inZone('Ended'), dateTime(ended_at)],
    ['Rows', count(collection.rows)],
    ['Size, about', isOver(collection) ? bytes(collection.bytes) : '–'],
    [inZone('Market time'), from === null ? dateTime(to) : `${dateTime(from)} to ${dateTime(to)}`],
    ['It spans', from === null || to === null || to < from ? '–' : duration((to - from) / 1000)],
  ];
  return (
    <>
      {progress !== null && (
        <progress max={1} value={progress} aria-label="How much of the data is recorded" data-testid="data-progress" />
      )}
      <dl class="data-facts">
        {facts.map(([title, value]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Contents({ collection }: { collection: Collection }) {
  if (!isOver(collection)) return null;
  return (
    <section class="data-part" aria-label="What it holds">
      <h3>What it holds</h3>
      <Figures
        label="What it holds"
        testId="data-contents"
        heads={['Stream', 'Rows', inZone('From'), inZone('To'), 'File']}
        rows={collection.contents.map((part) => ({
          key: `${part.symbol} ${part.stream}`,
          cells: [
            `${part.symbol} ${part.stream}${part.interval ? ` of ${part.interval}` : ''}`,
            count(part.rows),
            dateTime(part.from),
            dateTime(part.to),
            <span key="file" class="data-files">
              <a
                href={exportPath(collection.session_id, part, 'csv')}
                download
                data-testid={`export-${part.stream}`}
                aria-label={`Export ${part.symbol} ${part.stream} as CSV`}
              >
                CSV
              </a>
              <a
                href={exportPath(collection.session_id, part, 'parquet')}
                download
                data-testid={`export-${part.stream}-parquet`}
                aria-label={`Export ${part.symbol} ${part.stream} as Parquet`}
              >
                Parquet
              </a>
            </span>,
          ],
        }))}
        empty="It holds nothing."
      />
    </section>
  );
}
