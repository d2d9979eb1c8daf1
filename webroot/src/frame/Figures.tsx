import { Signed } from '../components/Signed';
import { useDesk } from '../desk/context';
import { money, NONE, percent } from '../format';
import { standing, type Standing } from '../session/valuation';

const UNKNOWN: Standing = { equity: null, pnl: null, drawdown: null, deepest: false };

/** Equity, profit and drawdown of the session on screen. */
export function Figures() {
  const follower = useDesk().follower.value;
  void follower?.frame.value;
  const book = follower?.book.value;
  const { equity, pnl, drawdown, deepest } = book ? standing(book) : UNKNOWN;
  return (
    <dl class="figures">
      <div>
        <dt>Equity</dt>
        <dd data-testid="equity" title={equity ?? undefined}>
          {money(equity)}
        </dd>
      </div>
      <div>
        <dt>
          <abbr title="Profit and loss since the start, after fees">P&amp;L</abbr>
        </dt>
        <dd title={pnl ?? undefined}>
          <Signed value={pnl} testId="pnl" />
        </dd>
      </div>
      <div>
        <dt>{deepest ? 'Max drawdown' : 'Drawdown'}</dt>
        <dd data-testid="drawdown">{drawdown === null ? NONE : percent(drawdown)}</dd>
      </div>
    </dl>
  );
}
