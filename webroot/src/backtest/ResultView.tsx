import { useSignal } from '@preact/signals';
import type { SessionResult, ClosedTrade, Figure, TradeFigures } from '../api/history';
import { DataGrid, type Column } from '../components/DataGrid';
import { Signed } from '../components/Signed';
import { timeZone } from '../desk/timeZone';
import { dateTime, fixed, money, NONE, percent } from '../format';
import { CurvePanel } from './CurvePanel';
import { drawdownCurve, equityCurve, winRateCurve } from './curves';
import { duration } from './duration';
import { TradeChartPanel } from './TradeChartPanel';
import { TradeTable } from './TradeTable';

/** What came of a run: figures, curves that share one cursor, trades on the chart, metrics by direction. */
export function ResultView({ result }: { result: SessionResult }) {
  const chosen = useSignal<ClosedTrade | null>(null);
  const { session, performance, points } = result;
  const group = session.session_id;
  const summary = session.summary;
  return (
    <div class="result" data-testid="result">
      <dl class="run-figures">
        <Item title="Net" value={<Signed value={netOf(result)} testId="result-net" />} />
        <Item title="Return" value={percent(changeOf(result))} />
        <Item title="Buy & hold" value={percent(heldOf(result))} />
        <Item title="Max drawdown" value={percent(summary?.max_drawdown ?? null)} testId="result-drawdown" />
        <Item title="Trades" value={String(performance.all_trades.count)} testId="result-trades" />
        <Item title="Win rate" value={percent(performance.all_trades.win_rate.value)} />
        <Item title="Profit factor" value={fixed(performance.all_trades.profit_factor.value, 2)} />
        <Item title="Sharpe" value={fixed(performance.returns.sharpe.value, 2)} />
        <Item title="Fees" value={money(summary?.fees ?? null)} />
      </dl>
      <p class="run-about" data-testid="result-basis">
        Compounded, after fees. {dateTime(performance.start_time)} to {dateTime(performance.end_time)} {timeZone.value}, budget{' '}
        {money(session.budget)}
        {session.cancelled ? '; cancelled before the data were at their end' : ''}.
      </p>
      <TradeChartPanel result={result} chosen={chosen} />
      <CurvePanel group={group} curve={equityCurve(points)} />
      <CurvePanel group={group} curve={drawdownCurve(points)} />
      <CurvePanel group={group} curve={winRateCurve(points)} />
      <TradeTable trades={result.trades} total={performance.all_trades.count} chosen={chosen} />
      <section class="result-part" aria-label="Metrics">
        <h3>Metrics</h3>
        <div class="metrics-grid">
          <DataGrid
            label="Metrics of all, long and short trades"
            columns={METRIC_COLUMNS}
            items={metrics(result)}
            total={METRICS.length}
            keyOf={({ title }) => title}
            empty=""
          />
        </div>
      </section>
    </div>
  );
}

function Item(props: { title: string; value: preact.ComponentChildren; testId?: string }) {
  return (
    <div>
      <dt>{props.title}</dt>
      <dd data-testid={props.testId}>{props.value}</dd>
    </div>
  );
}

const netOf = ({ performance }: SessionResult): number =>
  Number(performance.final_equity) - Number(performance.start_equity);

const changeOf = ({ performance }: SessionResult): number =>
  Number(performance.final_equity) / Number(performance.start_equity) - 1;

function heldOf({ performance, points }: SessionResult): number | null {
  const last = points.at(-1)?.benchmark ?? null;
  return last === null ? null : last / Number(performance.start_equity) - 1;
}

interface Metric {
  title: string;
  all: string;
  long: string;
  short: string;
}

const plain =
  (places: number) =>
  ({ value }: Figure): string =>
    fixed(value, places);
const share = ({ value }: Figure): string => percent(value);
const span = ({ value }: Figure): string => (value === null ? NONE : duration(value * 1000));

const METRICS: readonly [string, (trades: TradeFigures) => string][] = [
  ['Trades', ({ count }) => String(count)],
  ['Won, lost', ({ wins, losses }) => `${wins}, ${losses}`],
  ['Net', ({ net }) => money(net)],
  ['Fees', ({ fees }) => money(fees)],
  ['Win rate', ({ win_rate }) => share(win_rate)],
  ['Profit factor', ({ profit_factor }) => plain(2)(profit_factor)],
  ['Average win over loss', ({ payoff }) => plain(2)(payoff)],
  ['Average trade', ({ expectancy }) => plain(2)(expectancy)],
  ['Average win', ({ average_win }) => plain(2)(average_win)],
  ['Average loss', ({ average_loss }) => plain(2)(average_loss)],
  ['Best', ({ best }) => plain(2)(best)],
  ['Worst', ({ worst }) => plain(2)(worst)],
  ['Won in a row', ({ longest_win_streak }) => String(longest_win_streak)],
  ['Lost in a row', ({ longest_loss_streak }) => String(longest_loss_streak)],
  ['Average time held', ({ average_seconds }) => span(average_seconds)],
  ['Average worst point', ({ average_mae }) => plain(2)(average_mae)],
  ['Average best point', ({ average_mfe }) => plain(2)(average_mfe)],
  ['Time in the market', ({ exposure }) => share(exposure)],
  ['Turnover', ({ turnover }) => plain(1)(turnover)],
];

const metrics = ({ performance }: SessionResult): Metric[] =>
  METRICS.map(([title, read]) => ({
    title,
    all: read(performance.all_trades),
    long: read(performance.long_trades),
    short: read(performance.short_trades),
  }));

const METRIC_COLUMNS: readonly Column<Metric>[] = [
  { title: 'Metric', width: '180px', cell: ({ title }) => title },
  { title: 'All', width: '110px', align: 'right', cell: ({ all }) => all },
  { title: 'Long', width: '110px', align: 'right', cell: ({ long }) => long },
  { title: 'Short', width: '110px', align: 'right', cell: ({ short }) => short },
];
