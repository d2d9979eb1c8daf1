import { useEffect, useMemo } from 'preact/hooks';
import { historyApi, type ComparedFigures, type Comparison, type SessionResult } from '../api/history';
import { CurvePanel } from '../backtest/CurvePanel';
import { DataGrid, type Column } from '../components/DataGrid';
import { goTo, hashOf } from '../desk/route';
import { fixed, money, NONE, percent } from '../format';
import { parametersOf, titleOf } from './about';
import { comparedEquity } from './comparedEquity';
import { Loader } from '../components/loaded';
import { Waiting } from '../components/Waiting';

interface Compared {
  comparison: Comparison;
  results: SessionResult[];
}

/** Two to four sessions: their equity over each other, their figures side by side, each against the first. */
export function ComparePanel({ ids }: { ids: readonly string[] }) {
  const compared = useMemo(
    () =>
      new Loader<Compared>(async () => {
        const [comparison, ...results] = await Promise.all([historyApi.compare(ids), ...ids.map(historyApi.result)]);
        return { comparison, results };
      }),
    [],
  );
  useEffect(() => void compared.load(), [compared]);
  const loaded = compared.now.value;
  return (
    <section class="panel" aria-label="Comparison" data-testid="comparison">
      <div class="panel-head">
        <button type="button" data-testid="history-back" onClick={() => goTo('history', '')}>
          ‹ Sessions
        </button>
        <h2>{ids.length} sessions compared</h2>
      </div>
      {loaded.state === 'ready' ? (
        <Body {...loaded.value} />
      ) : (
        <Waiting loaded={loaded} what="The comparison" onRetry={() => void compared.load()} />
      )}
    </section>
  );
}

function Body({ comparison, results }: Compared) {
  const curve = useMemo(() => comparedEquity(results), [results]);
  return (
    <div class="history-body" tabIndex={0} role="region" aria-label="The comparison">
      <ol class="compared-names">
        {comparison.sessions.map(({ session }) => (
          <li key={session.session_id}>
            <a href={hashOf({ page: 'history', rest: session.session_id })}>{session.session_id}</a> {titleOf(session)} ·{' '}
            {session.strategies.map(parametersOf).join('; ')} · {session.symbols.join(', ')} · {session.data}
          </li>
        ))}
      </ol>
      <CurvePanel group="compared" curve={curve} />
      <div class="compared-grid">
        <DataGrid
          label="Figures side by side"
          columns={columnsOf(comparison)}
          items={FIGURES}
          total={FIGURES.length}
          keyOf={({ title }) => title}
          rowTestId="compared-row"
          empty=""
        />
      </div>
    </div>
  );
}

interface FigureLine {
  title: string;
  text(figures: ComparedFigures): string;
  /** What sets one apart from the first. */
  apart(difference: Comparison['differences'][number]): string;
}

const signed = (value: number | null, text: (value: number | null) => string): string =>
  value === null ? NONE : `${value > 0 ? '+' : ''}${text(value)}`;

const line = (title: string, name: keyof ComparedFigures, text: (value: number | null) => string): FigureLine => {
  const numberOf = (figures: ComparedFigures): number | null => (figures[name] === null ? null : Number(figures[name]));
  return {
    title,
    text: (figures) => text(numberOf(figures)),
    apart: ({ figures }) => signed(numberOf(figures), text),
  };
};

const FIGURES: readonly FigureLine[] = [
  line('Net', 'net', money),
  line('Return', 'change', percent),
  line('Max drawdown', 'max_drawdown', percent),
  line('Trades', 'trades', (value) => (value === null ? NONE : String(value).replace('-', '−'))),
  line('Win rate', 'win_rate', percent),
  line('Profit factor', 'profit_factor', (value) => fixed(value, 2)),
  line('Sharpe', 'sharpe', (value) => fixed(value, 2)),
  line('Fees', 'fees', money),
  { title: 'Trades the first has not', text: () => '', apart: ({ added }) => String(added.count) },
  { title: 'Trades only the first has', text: () => '', apart: ({ lost }) => String(lost.count) },
];

function columnsOf({ sessions, differences }: Comparison): readonly Column<FigureLine>[] {
  return [
    { title: 'Figure', width: '190px', cell: ({ title }) => title },
    ...sessions.map(({ figures }, index): Column<FigureLine> => {
      const difference = differences[index - 1];
      return {
        title: index === 0 ? '1' : `${index + 1}, against 1`,
        width: '200px',
        align: 'right',
        cell: (each) => (
          <>
            {each.text(figures)} {difference && <small class="apart">{each.apart(difference)}</small>}
          </>
        ),
      };
    }),
  ];
}
