import { useDesk } from '../desk/context';
import { inZone } from '../desk/timeZone';
import { age, dateTime, fixed, NONE, percent, words } from '../format';
import type { SystemHealth, SystemTimes } from '../messages';
import { duration } from '../backtest/duration';
import { Panel } from './Panel';
import { Table } from './Table';
import { bytes, count, millis } from './units';

interface Props {
  health: SystemHealth;
}

const TIMES = ['Times', 'Median', '95 %', '99 %', 'Longest'];

const cellsOf = ({ count: times, p50_ms, p95_ms, p99_ms, max_ms }: SystemTimes): string[] => [
  count(times),
  ...[p50_ms, p95_ms, p99_ms, max_ms].map((value) => (times === 0 ? NONE : millis(value))),
];

export function VerticlePanel({ health }: Props) {
  return (
    <Panel title="Verticles" about={`up for ${duration((health.uptime_seconds ?? 0) * 1000)}`}>
      <ul class="system-verticles" data-testid="system-verticles">
        {health.verticles.map(({ name, up }) => (
          <li key={name} data-up={up}>
            <span aria-hidden="true">{up ? '●' : '○'}</span> {name} <small>{up ? 'up' : 'down'}</small>
          </li>
        ))}
      </ul>
      <dl class="system-figures">
        <Figure title="Sessions" value={count(health.sessions)} testId="system-sessions" />
        <Figure title="Consoles" value={count(health.clients)} testId="system-clients" />
        <Figure title="Cut off" value={count(health.cut_off)} />
      </dl>
    </Panel>
  );
}

export function FeedPanel({ health }: Props) {
  const { platform } = useDesk();
  const { value: rate } = platform.rate;
  return (
    <Panel title="Feeds" about={rate === null ? undefined : `${fixed(rate, rate < 10 ? 1 : 0)} inputs/s`}>
      <Table
        label="Feeds"
        testId="system-feeds"
        heads={['Session or recording', 'Symbols', 'Inputs', inZone('Its clock'), 'Age']}
        empty="No feed is running. Start a session on the page Live, or a recording on the page Data."
        rows={health.feeds.map(({ session_id, symbols, seq, clock, age_seconds }) => ({
          key: session_id,
          cells: [session_id, symbols.join(', '), count(seq), dateTime(clock), age(age_seconds * 1000)],
        }))}
      />
      <dl class="system-figures">
        {health.inputs.map(({ wiring, count: inputs }) => (
          <Figure
            key={wiring}
            title={wiring === 'thread' ? 'Inputs of ended backtests' : 'Inputs by the bus'}
            value={count(inputs)}
            testId={`system-inputs-${wiring}`}
          />
        ))}
      </dl>
    </Panel>
  );
}

/** One row for each symbol that is heard; nothing while no exchange is. */
export function ExchangePanel({ health }: Props) {
  if (health.exchange.length === 0) {
    return null;
  }
  return (
    <Panel title="Exchange">
      <Table
        label="Exchange"
        testId="system-exchange"
        heads={['Session', 'Symbol', 'Connection', 'Last news', 'Reconnects', 'Gaps']}
        empty="No exchange is heard."
        rows={health.exchange.flatMap(({ session_id, reconnects, gaps, symbols }) =>
          symbols.map(({ symbol, age_seconds, connected, silent }) => ({
            key: `${session_id} ${symbol}`,
            cells: [
              session_id,
              symbol,
              connected ? (silent ? 'silent' : 'up') : 'lost',
              age(age_seconds * 1000),
              count(reconnects),
              count(gaps),
            ],
          })),
        )}
      />
    </Panel>
  );
}

const STAGES: Record<string, string> = {
  input: 'All of it',
  indicators: 'Indicators',
  strategies: 'Strategies, with what they wait for',
  orders: 'Venue and positions',
  submit: 'Risk and orders',
};

export function StagePanel({ health }: Props) {
  const known = Object.keys(STAGES);
  const stages = [...health.stages].sort((a, b) => known.indexOf(a.stage ?? '') - known.indexOf(b.stage ?? ''));
  return (
    <Panel title="Stages of an input" about="of the last two minutes">
      <Table
        label="Stages of an input"
        testId="system-stages"
        heads={['Stage', ...TIMES]}
        empty="No session has run on the bus yet."
        rows={stages.map((times) => ({
          key: times.stage ?? '',
          cells: [STAGES[times.stage ?? ''] ?? times.stage, ...cellsOf(times)],
        }))}
      />
    </Panel>
  );
}

export function CallbackPanel({ health }: Props) {
  return (
    <Panel title="Callbacks" about="of strategies in running sessions">
      <Table
        label="Callbacks"
        testId="system-callbacks"
        heads={['Strategy', ...TIMES]}
        empty="No strategy is running in a paper or live session."
        rows={health.callbacks.map((times) => ({
          key: times.strategy ?? '',
          cells: [times.strategy, ...cellsOf(times)],
        }))}
      />
    </Panel>
  );
}

export function LoopPanel({ health }: Props) {
  return (
    <Panel title="Event loops" about="how late their timers come">
      <Table
        label="Event loops"
        testId="system-loops"
        heads={['Loop', ...TIMES]}
        empty="No event loop is measured."
        rows={health.loops.map((times) => ({ key: times.loop ?? '', cells: [times.loop, ...cellsOf(times)] }))}
      />
    </Panel>
  );
}

export function MemoryPanel({ health: { jvm } }: Props) {
  const share = jvm.heap_used === null ? null : jvm.heap_used / jvm.heap_max;
  return (
    <Panel title="Memory and processors">
      <div class="system-heap">
        <label for="system-heap">
          Heap {bytes(jvm.heap_used)} of {bytes(jvm.heap_max)} ({percent(share)})
        </label>
        <progress id="system-heap" max={1} value={share ?? undefined} data-testid="system-heap" />
      </div>
      <dl class="system-figures">
        <Figure title="Committed" value={bytes(jvm.heap_committed)} />
        <Figure title="Threads" value={count(jvm.threads)} />
        <Figure title="Processors" value={count(jvm.processors)} />
        <Figure title="Processor time" value={percent(jvm.cpu)} />
      </dl>
    </Panel>
  );
}

const QUEUES: Record<string, string> = {
  recording: 'Inputs to record',
  journal: 'Journal to commit',
  'screen-steps': 'Steps for screens',
  'screen-journal': 'Journal for screens',
};

export function QueuePanel({ health }: Props) {
  const dropped = (queue: string | undefined): string =>
    count(health.dropped.find((each) => each.queue === queue)?.count ?? null);
  return (
    <Panel title="Queues" about="only updates of screens are ever dropped">
      <Table
        label="Queues"
        testId="system-queues"
        heads={['Queue', 'Waiting', 'Dropped']}
        empty="No queue has been used yet."
        rows={health.queues.map(({ queue, depth }) => ({
          key: queue ?? '',
          cells: [QUEUES[queue ?? ''] ?? queue, count(depth ?? null), dropped(queue)],
        }))}
      />
    </Panel>
  );
}

const AWAY = {
  journalled: 'What sessions write is kept on disk until the database is back',
  held: 'Sessions that are not live wait until what they write finds room',
  full: 'Nothing that sessions write can be kept, live sessions are halted',
};

export function DatabasePanel({ health: { database } }: Props) {
  const failed = (kind: string | undefined): string =>
    count(database.failed.find((each) => each.kind === kind)?.count ?? null);
  return (
    <Panel title="Database" about={database.server === null ? undefined : `PostgreSQL ${database.server}`}>
      {database.problem !== null && (
        <p class="form-error" role="alert" data-testid="system-database-problem">
          It does not answer: {database.problem}
        </p>
      )}
      {database.journal.level !== 'written' && (
        <p class="form-error" role="alert" data-testid="system-database-away">
          {AWAY[database.journal.level]}
          {database.journal.problem !== null && `: ${database.journal.problem}`}
        </p>
      )}
      <dl class="system-figures">
        <Figure title="Answers in" value={millis(database.answer_ms)} testId="system-database-answer" />
        <Figure
          title="Connections"
          value={`${count(database.in_use)} of ${count(database.pool_size)}`}
          testId="system-database-pool"
        />
        <Figure title="Waiting" value={count(database.waiting)} />
        <Figure title="Size" value={bytes(database.bytes)} />
        <Figure
          title="On disk"
          value={`${count(database.journal.records)} (${bytes(database.journal.bytes)})`}
          testId="system-database-journal"
        />
        <Figure title="Rows written" value={count(database.rows.reduce((sum, { count: rows }) => sum + (rows ?? 0), 0))} />
      </dl>
      <Table
        label="Batches"
        testId="system-batches"
        heads={['Batches', ...TIMES, 'Failed']}
        empty="Nothing has been written yet."
        rows={database.batches.map((times) => ({
          key: times.kind ?? '',
          cells: [words(times.kind ?? ''), ...cellsOf(times), failed(times.kind)],
        }))}
      />
    </Panel>
  );
}

function Figure({ title, value, testId }: { title: string; value: string; testId?: string }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd data-testid={testId}>{value}</dd>
    </div>
  );
}
