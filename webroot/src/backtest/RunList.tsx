import type { Backtest } from '../api/backtests';
import { Signed } from '../components/Signed';
import { useDesk } from '../desk/context';
import { hashOf } from '../desk/route';
import { dateTime } from '../format';
import { titleOf } from '../history/about';
import { isOver } from './backtests';

/** All runs, newest first, those of other people and earlier days too. */
export function RunList({ current }: { current: string }) {
  const { backtests } = useDesk();
  const list = backtests.list.value;
  const problem = backtests.problem.value;
  return (
    <section class="run-list" aria-label="Runs">
      <h2>
        Runs <span class="count">{list?.length ?? ''}</span>
      </h2>
      {problem !== null && (
        <p class="run-problem" role="alert">
          Not up to date: {problem}{' '}
          <button type="button" onClick={() => void backtests.refresh()}>
            Try again
          </button>
        </p>
      )}
      {list === null && problem === null && <div class="form-skeleton" aria-busy="true" aria-label="Loading runs" />}
      {list?.length === 0 && <p class="empty-line">Nothing has run yet. Run starts the first one.</p>}
      <ul>
        {list?.map((backtest) => (
          <li key={backtest.session_id}>
            <a
              href={hashOf({ page: 'backtest', rest: backtest.session_id })}
              aria-current={backtest.session_id === current ? 'true' : undefined}
              data-testid="run"
              data-status={backtest.status}
            >
              <RunLine backtest={backtest} />
            </a>
          </li>
        ))}
      </ul>
      {backtests.more.value !== null && (
        <button type="button" class="quiet" onClick={() => void backtests.loadMore()}>
          Older runs
        </button>
      )}
    </section>
  );
}

function RunLine({ backtest }: { backtest: Backtest }) {
  const { progress, summary, status } = backtest;
  return (
    <>
      <span class="strategy-name">{titleOf(backtest)}</span>
      <span class={`status ${status}`}>{backtest.cancelled ? 'cancelled' : status}</span>
      <span class="run-about">
        {backtest.symbols.join(', ')} · {backtest.data}
      </span>
      {!isOver(backtest) && (
        <progress max={1} value={progress.fraction ?? undefined} aria-label={`Progress of ${titleOf(backtest)}`} />
      )}
      <span class="run-when">{dateTime(backtest.started_at)}</span>
      {summary && (
        <span class="run-net">
          <Signed value={summary.net} />
        </span>
      )}
    </>
  );
}
