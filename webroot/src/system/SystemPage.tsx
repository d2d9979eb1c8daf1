import { useEffect } from 'preact/hooks';
import { useDesk } from '../desk/context';
import { now } from '../desk/now';
import { age } from '../format';
import type { SystemHealth } from '../messages';
import { AboutPanel } from './AboutPanel';
import { LogPanel } from './LogPanel';
import { Panel } from './Panel';
import {
  CallbackPanel,
  DatabasePanel,
  ExchangePanel,
  FeedPanel,
  LoopPanel,
  MemoryPanel,
  QueuePanel,
  StagePanel,
  VerticlePanel,
} from './panels';
import './system.css';

/** How the platform itself is: what its meters say, once a second while the page is on screen. */
export function SystemPage({ shown }: { shown: boolean }) {
  const { platform, connected, account } = useDesk();
  const mayReadLog = account.may('admin');
  const here = connected.value;
  const { value: health } = platform.health;
  const troubles = health ? health.log.warnings + health.log.errors : 0;
  useEffect(() => (shown ? platform.watch() : undefined), [shown]);
  useEffect(() => {
    if (shown && here) void platform.refresh(mayReadLog);
  }, [shown, here, mayReadLog]);
  useEffect(() => {
    if (shown && here && mayReadLog && troubles > 0) void platform.askLog();
  }, [troubles]);
  return (
    <main class="system-page" data-testid="system-page" data-stale={!here}>
      <header class="panel system-head">
        <h1>System</h1>
        <Freshness />
      </header>
      <Problem mayReadLog={mayReadLog} />
      {health ? <Panels health={health} /> : <Skeletons />}
      <LogPanel allowed={mayReadLog} />
      <AboutPanel />
    </main>
  );
}

/** How old the figures are, and that they stand still without a connection. */
function Freshness() {
  const { platform, connected } = useDesk();
  const { value: heard } = platform.heardAt;
  if (heard === null) return <p data-testid="system-age">{connected.value ? 'Asking…' : 'Not connected.'}</p>;
  const old = age(Math.max(0, now.value - heard));
  return (
    <p data-testid="system-age">
      {connected.value ? `Figures of ${old} ago` : `○ Disconnected: figures of ${old} ago, kept until the platform is back`}
    </p>
  );
}

function Problem({ mayReadLog }: { mayReadLog: boolean }) {
  const { platform, connected } = useDesk();
  if (platform.problem.value === null) return null;
  return (
    <div class="panel system-problem">
      <p role="alert" data-testid="system-problem">
        The figures do not come: {platform.problem.value}
      </p>
      <button type="button" disabled={!connected.value} onClick={() => void platform.refresh(mayReadLog)}>
        Try again
      </button>
    </div>
  );
}

function Panels({ health }: { health: SystemHealth }) {
  return (
    <>
      <VerticlePanel health={health} />
      <FeedPanel health={health} />
      <ExchangePanel health={health} />
      <StagePanel health={health} />
      <CallbackPanel health={health} />
      <LoopPanel health={health} />
      <MemoryPanel health={health} />
      <QueuePanel health={health} />
      <DatabasePanel health={health} />
    </>
  );
}

const TITLES = ['Verticles', 'Feeds', 'Stages of an input', 'Callbacks', 'Event loops', 'Memory', 'Queues', 'Database'];

function Skeletons() {
  return (
    <>
      {TITLES.map((title) => (
        <Panel key={title} title={title}>
          <div class="system-skeleton" role="status" aria-busy="true" aria-label={`Loading ${title}`} />
        </Panel>
      ))}
    </>
  );
}
