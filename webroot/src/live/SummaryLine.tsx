import { Signed } from '../components/Signed';
import { money } from '../format';
import type { SessionSummary } from '../messages';

/** What an ended session came to, in one line. */
export function SummaryLine({ summary }: { summary: SessionSummary }) {
  const { closed_trades, wins, open_at_end, refused, fees, net } = summary;
  return (
    <p class="summary-line" data-testid="session-summary">
      <strong>Result</strong>
      <span>
        Net <Signed value={net} testId="net" /> after {money(fees)} of fees
      </span>
      <span>
        Closed trades {closed_trades}, won {wins}
      </span>
      {refused > 0 && <span>Orders refused {refused}</span>}
      {open_at_end && <span>A position is still open</span>}
    </p>
  );
}
