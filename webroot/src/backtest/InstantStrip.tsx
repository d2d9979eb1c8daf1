import { useEffect } from 'preact/hooks';
import type { ResultPoint } from '../api/history';
import { Signed } from '../components/Signed';
import { useDesk } from '../desk/context';
import { hashOf } from '../desk/route';
import { money, percent } from '../format';
import type { OpenStrategy } from '../strategies/openStrategy';
import { duration } from './duration';
import type { InstantState } from './instant';
import { NO_DATA } from './instants';
import './instant.css';

/** The backtest that follows a save: how the saved version does, and what sets it apart from the one before. */
export function InstantStrip({ strategy }: { strategy: OpenStrategy }) {
  const { instants, backtests, connected, canEdit } = useDesk();
  const instant = instants.of(strategy.name);
  const state = instant.state.value;
  const sets = backtests.dataSets.value;
  const version = strategy.base.value.version;
  useEffect(() => {
    if (sets === null && connected.value) void backtests.loadDataSets();
  }, [sets === null, connected.value]);
  if (version === null) return null;
  return (
    <section class="instant" aria-label="Instant backtest" data-testid="instant" data-state={state.kind}>
      <label class="instant-data">
        <span>Instant backtest</span>
        <select
          data-testid="instant-data"
          value={instants.data.value}
          onChange={({ currentTarget }) => {
            instants.choose(currentTarget.value);
            void instants.run(strategy.name, version);
          }}
        >
          {(sets ?? []).map(({ id, problem }) => (
            <option key={id} value={id} disabled={problem !== null}>
              {id}
            </option>
          ))}
          <option value={NO_DATA}>off</option>
        </select>
      </label>
      <div class="instant-state" aria-live="off">
        <StateView state={state} />
      </div>
      <button
        type="button"
        data-testid="instant-run"
        title="Ctrl+Enter"
        disabled={!canEdit.value || instants.data.value === NO_DATA}
        onClick={() => void instants.run(strategy.name, version)}
      >
        Run
      </button>
    </section>
  );
}

function StateView({ state }: { state: InstantState }) {
  switch (state.kind) {
    case 'idle':
      return <span class="instant-hint">A save runs the new version over these data, the last day where they are longer.</span>;
    case 'running':
      return <Running version={state.version} id={state.id} />;
    case 'failed':
      return (
        <span class="instant-failed" role="alert" data-testid="instant-failed">
          Version {state.version}: {state.detail}
        </span>
      );
    case 'done':
      return <Done state={state} />;
  }
}

function Running({ version, id }: { version: number; id: string | null }) {
  const { backtests } = useDesk();
  const progress = id === null ? null : (backtests.find(id)?.progress ?? null);
  const left = progress?.remaining_millis ?? null;
  return (
    <>
      <span>Version {version} runs</span>
      <progress max={1} value={progress?.fraction ?? undefined} aria-label={`Progress of version ${version}`} />
      {left !== null && <span class="instant-hint">{duration(left)} left</span>}
    </>
  );
}

function Done({ state }: { state: Extract<InstantState, { kind: 'done' }> }) {
  const { result, version, difference, against } = state;
  const { performance, session } = result;
  return (
    <>
      <a href={hashOf({ page: 'backtest', rest: session.session_id })} data-testid="instant-link">
        Version {version}
      </a>
      <Sparkline points={result.points} />
      <span>
        <Signed value={Number(performance.final_equity) - Number(performance.start_equity)} testId="instant-net" />
      </span>
      <span>
        Drawdown <b>{percent(session.summary?.max_drawdown ?? null)}</b>
      </span>
      <span>
        Trades <b data-testid="instant-trades">{performance.all_trades.count}</b>
      </span>
      {against && (
        <span class="instant-difference" data-testid="instant-difference">
          {difference ? (
            <>
              against version {against.version}: <Signed value={difference.figures.net} />, drawdown{' '}
              {points(difference.figures.max_drawdown)}, trades {difference.added.count} added, {difference.lost.count} lost
            </>
          ) : against.problem === null ? (
            `version ${against.version} runs to be compared`
          ) : (
            `not compared with version ${against.version}: ${against.problem}`
          )}
        </span>
      )}
    </>
  );
}

/** `+0.40 points`: a difference of shares. */
const points = (share: number | null): string =>
  share === null ? '–' : `${share > 0 ? '+' : ''}${percent(share).replace(' %', '')} points`;

const WIDE = 120;
const HIGH = 24;

function Sparkline({ points: all }: { points: readonly ResultPoint[] }) {
  const values = all.map(({ equity }) => equity);
  if (values.length < 2) return null;
  const low = Math.min(...values);
  const range = Math.max(...values) - low || 1;
  const path = values
    .map((value, index) => {
      const x = (index / (values.length - 1)) * WIDE;
      const y = HIGH - 1 - ((value - low) / range) * (HIGH - 2);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
  return (
    <svg class="sparkline" viewBox={`0 0 ${WIDE} ${HIGH}`} role="img" aria-label={`Equity from ${money(values[0] ?? null)} to ${money(values.at(-1) ?? null)}`}>
      <polyline points={path} fill="none" stroke="currentColor" stroke-width="1.5" />
    </svg>
  );
}
