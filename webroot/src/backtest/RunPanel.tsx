import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { ApiError } from '../api/http';
import type { Backtest } from '../api/backtests';
import type { SessionResult } from '../api/history';
import { useDesk } from '../desk/context';
import { goTo } from '../desk/route';
import { inZone } from '../desk/timeZone';
import { dateTime, pace as paceText, percent } from '../format';
import { titleOf } from '../history/about';
import { PaceField } from '../live/PaceField';
import { isOver } from './backtests';
import { duration, times } from './duration';
import { ResultView } from './ResultView';

/** So long after the last move of the slider the run hears of it. */
const SETTLE_MS = 150;

/** One run: how far it has come, or what came of it. */
export function RunPanel({ id, shown }: { id: string; shown: boolean }) {
  const { backtests, connected } = useDesk();
  const missing = useSignal<string | null>(null);
  const backtest = backtests.find(id);
  const known = backtest !== null;
  const load = (): void => {
    missing.value = null;
    void backtests.reload(id).catch((error: unknown) => {
      missing.value = error instanceof Error ? error.message : String(error);
    });
  };
  useEffect(() => {
    if (!known && connected.value) load();
  }, [known, connected.value]);
  if (!backtest) {
    return (
      <section class="panel run-panel" aria-label="Backtest">
        {missing.value === null ? (
          <div class="run-skeleton skeleton" aria-busy="true" aria-label="Loading the backtest" />
        ) : (
          <div class="run-state">
            <p role="alert">The backtest cannot be shown: {missing.value}</p>
            <button type="button" onClick={load}>
              Try again
            </button>
          </div>
        )}
      </section>
    );
  }
  return (
    <section class="panel run-panel" aria-label={`Backtest of ${titleOf(backtest)}`}>
      <div class="panel-head">
        <button type="button" class="back" onClick={() => goTo('backtest', '')}>
          ‹ Runs
        </button>
        <h2>{titleOf(backtest)}</h2>
        <span class={`status ${backtest.status}`} data-testid="run-status">
          {backtest.cancelled ? 'cancelled' : backtest.status}
        </span>
        <span class="run-data">
          {backtest.symbols.join(', ')} · {backtest.data} · {paceText(backtest.acceleration)}
        </span>
      </div>
      <div class="run-body">
        {backtest.error && (
          <p class="form-error" role="alert" data-testid="run-error">
            {backtest.error}
          </p>
        )}
        {isOver(backtest) ? (
          backtest.summary && <Result backtest={backtest} shown={shown} />
        ) : (
          <Running backtest={backtest} />
        )}
      </div>
    </section>
  );
}

function Running({ backtest }: { backtest: Backtest }) {
  const { backtests, canEdit } = useDesk();
  const error = useSignal<string | null>(null);
  const cancelling = useSignal(false);
  const { progress, session_id: id } = backtest;
  const attempt = async (action: () => Promise<void>): Promise<void> => {
    error.value = null;
    try {
      await action();
    } catch (problem) {
      // One that ended while the slider moved needs no other pace.
      if (!(problem instanceof ApiError && problem.status === 409)) {
        error.value = problem instanceof Error ? problem.message : String(problem);
      }
    }
  };
  return (
    <div class="running" data-testid="running">
      <progress max={1} value={progress.fraction ?? undefined} aria-label="Progress" data-testid="run-progress" />
      <dl class="run-figures">
        <Item title="Done" value={percent(progress.fraction)} />
        <Item title={inZone('Time in the run')} value={dateTime(progress.clock)} testId="run-clock" />
        <Item title={inZone('Until')} value={dateTime(progress.end_time)} />
        <Item title="Speed" value={times(progress.speed)} testId="run-speed" />
        <Item
          title="Left"
          value={progress.remaining_millis === null ? '–' : duration(progress.remaining_millis)}
          testId="run-left"
        />
      </dl>
      <Pace
        acceleration={backtest.acceleration}
        onChange={(wanted) => void attempt(() => backtests.changePace(id, wanted))}
      />
      <p class="run-about">It goes on when this page is closed.</p>
      {error.value && (
        <p class="form-error" role="alert">
          {error.value}
        </p>
      )}
      <button
        type="button"
        data-testid="run-pause"
        disabled={!canEdit.value || (backtest.status !== 'running' && backtest.status !== 'paused')}
        onClick={() => void attempt(() => backtests.pause(id, backtest.status !== 'paused'))}
      >
        {backtest.status === 'paused' ? 'Resume' : 'Pause'}
      </button>
      <button
        type="button"
        data-testid="run-cancel"
        disabled={cancelling.value || !canEdit.value}
        onClick={() => {
          cancelling.value = true;
          void attempt(() => backtests.cancel(id)).finally(() => (cancelling.value = false));
        }}
      >
        {cancelling.value ? 'Cancelling…' : 'Cancel'}
      </button>
    </div>
  );
}

interface PaceProps {
  acceleration: 'max' | number;
  onChange(acceleration: 'max' | number): void;
}

/** The slider follows the hand; the run follows when the hand rests. */
function Pace({ acceleration, onChange }: PaceProps) {
  const held = useSignal<{ pace: number; max: boolean } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const given = { pace: acceleration === 'max' ? 60 : acceleration, max: acceleration === 'max' };
  const shown = held.value ?? given;
  useEffect(() => {
    held.value = null;
  }, [acceleration]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <PaceField
      pace={shown.pace}
      max={shown.max}
      testId="run-pace"
      onChange={(change) => {
        const wanted = { ...shown, ...change };
        held.value = wanted;
        clearTimeout(timer.current);
        timer.current = setTimeout(() => onChange(wanted.max ? 'max' : wanted.pace), SETTLE_MS);
      }}
    />
  );
}

function Item({ title, value, testId }: { title: string; value: string; testId?: string }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd data-testid={testId}>{value}</dd>
    </div>
  );
}

/** Asked for once; it does not change any more. */
function Result({ backtest, shown }: { backtest: Backtest; shown: boolean }) {
  const { backtests } = useDesk();
  const result = useSignal<SessionResult | null>(null);
  const problem = useSignal<string | null>(null);
  const load = async (): Promise<void> => {
    problem.value = null;
    try {
      result.value = await backtests.api.result(backtest.session_id);
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error);
    }
  };
  useEffect(() => {
    if (shown && result.peek() === null) void load();
  }, [shown]);
  if (result.value) return <ResultView result={result.value} />;
  if (problem.value !== null) {
    return (
      <div class="run-state">
        <p role="alert">The result cannot be shown: {problem.value}</p>
        <button type="button" onClick={() => void load()}>
          Try again
        </button>
      </div>
    );
  }
  return <div class="run-skeleton skeleton" aria-busy="true" aria-label="Loading the result" />;
}
