import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { historyApi, type SessionResult, type StoredSession } from '../api/history';
import { ResultView } from '../backtest/ResultView';
import { ConfirmDialog } from '../components/ConfirmDialog';
import { useDesk } from '../desk/context';
import { goTo, hashOf } from '../desk/route';
import { inZone } from '../desk/timeZone';
import { dateTime, money, pace, words } from '../format';
import { parametersOf, titleOf } from './about';
import { ParityFact } from './ParityFact';
import { Loader } from '../components/loaded';
import { Records } from './Records';
import { Waiting } from '../components/Waiting';

/** One session as it was: what it was asked to do, what came of it, and all that it left behind. */
export function SessionPanel({ id, shown }: { id: string; shown: boolean }) {
  const desk = useDesk();
  const session = useMemo(() => new Loader(() => historyApi.get(id)), [id]);
  const deleting = useSignal(false);
  const connected = desk.connected.value;
  const status = desk.sessions.value.find(({ session_id }) => session_id === id)?.status;
  useEffect(() => {
    // One that is not among those of the platform any more has told all it will.
    const isKnown = session.now.peek().state === 'ready';
    if (shown && connected && !(isKnown && status === undefined)) void session.load();
  }, [shown, connected, status]);
  const loaded = session.now.value;
  if (loaded.state !== 'ready') {
    return (
      <section class="panel" aria-label="Session">
        <div class="panel-head">
          <Back />
        </div>
        <Waiting loaded={loaded} what="The session" onRetry={() => void session.load()} />
      </section>
    );
  }
  const stored = loaded.value;
  const isOver = stored.status === 'stopped' || stored.status === 'failed';
  return (
    <section class="panel" aria-label={`Session ${id}`} data-testid="history-session">
      <div class="panel-head">
        <Back />
        <h2>{titleOf(stored)}</h2>
        <span class={`badge ${stored.mode}`}>{stored.mode.toUpperCase()}</span>
        <span class={`status ${stored.status}`} data-testid="history-status">
          {stored.cancelled ? 'cancelled' : stored.status}
        </span>
        <span class="history-gap" />
        {!isOver && (
          <button
            type="button"
            onClick={() => {
              desk.select(id);
              goTo('live', '');
            }}
          >
            Watch it
          </button>
        )}
        {isOver && desk.account.may('admin') && (
          <button type="button" class="danger" data-testid="delete-session" onClick={() => (deleting.value = true)}>
            Delete…
          </button>
        )}
      </div>
      <div class="history-body" tabIndex={0} role="region" aria-label="The session">
        {stored.error && (
          <p class="form-error" role="alert">
            {stored.error}
          </p>
        )}
        <Facts session={stored} />
        {stored.summary && <Result id={id} />}
        <Records id={id} />
      </div>
      {deleting.value && (
        <ConfirmDialog
          title="Delete this session?"
          testId="delete-dialog"
          keep="Keep it"
          confirm="Delete for good"
          asksWhy={false}
          onClose={() => (deleting.value = false)}
          act={async () => {
            await historyApi.remove(id);
            desk.forget(id);
            goTo('history', '');
          }}
        >
          <p>
            Session <code>{id}</code> goes with all that it recorded and decided: signals, orders, fills, positions, equity
            and the market data it saw. It cannot be had back.
          </p>
        </ConfirmDialog>
      )}
    </section>
  );
}

const Back = () => (
  <button type="button" data-testid="history-back" onClick={() => goTo('history', '')}>
    ‹ Sessions
  </button>
);

function Facts({ session }: { session: StoredSession }) {
  const { fill_rules: fills, account } = session;
  const limits = Object.entries(session.risk).filter(([, value]) => value !== null);
  return (
    <dl class="history-facts">
      <Fact title="Session">{session.session_id}</Fact>
      <Fact title={inZone('Started')}>{dateTime(session.started_at)}</Fact>
      <Fact title={inZone('Ended')}>{dateTime(session.ended_at)}</Fact>
      <Fact title="Symbols">{session.symbols.join(', ')}</Fact>
      <Fact title="Data">{session.data}</Fact>
      <Fact title="Pace">{pace(session.acceleration)}</Fact>
      <Fact title="Budget">{money(session.budget)}</Fact>
      <Fact title="Fills">
        {fills.model}, slippage {fills.slippage}, latency {fills.latency}, limits {fills.limits}
      </Fact>
      <Fact title="Account">
        {account.margin === null ? 'no borrowing' : `margin, up to ${account.margin.leverage}x`}, {account.cost_basis} cost
      </Fact>
      <Fact title="Limits">
        {limits.length === 0 ? 'none' : limits.map(([name, value]) => `${words(name)} ${JSON.stringify(value)}`).join('; ')}
      </Fact>
      {session.mode !== 'backtest' && session.ended_at !== null && (
        <Fact title="The same again?">
          <ParityFact id={session.session_id} />
        </Fact>
      )}
      {session.strategies.map((planned) => (
        <Fact key={planned.instance} title={`Strategy ${planned.instance}`}>
          <a href={hashOf({ page: 'strategies', rest: planned.strategy })}>
            {planned.strategy} {planned.version ?? ''}
          </a>{' '}
          {parametersOf(planned)}
        </Fact>
      ))}
    </dl>
  );
}

function Fact({ title, children }: { title: string; children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Asked for once; it does not change any more. */
function Result({ id }: { id: string }) {
  const result = useMemo(() => new Loader<SessionResult>(() => historyApi.result(id)), [id]);
  useEffect(() => void result.load(), [result]);
  const loaded = result.now.value;
  return loaded.state === 'ready' ? (
    <ResultView result={loaded.value} />
  ) : (
    <Waiting loaded={loaded} what="The result" onRetry={() => void result.load()} />
  );
}
