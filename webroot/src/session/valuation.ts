import { subtract } from '../decimal';
import type { Account, Decimal, Position } from '../messages';
import type { SessionBook } from './book';

export interface Standing {
  equity: Decimal | null;
  /** After fees, since the start. */
  pnl: Decimal | null;
  /** Fall below the highest equity as a share of it, zero or below: now, or the deepest when the session has ended. */
  drawdown: number | null;
  deepest: boolean;
}

/** The three figures of the top bar. */
export function standing(book: SessionBook): Standing {
  const { cash, ended_at } = book.session;
  const summary = ended_at === null ? null : book.session.summary;
  const equity = book.account?.equity ?? summary?.final_equity ?? null;
  return {
    equity,
    pnl: equity === null ? null : subtract(equity, cash),
    drawdown: summary?.max_drawdown ?? drawdown(book.account, book.peakEquity),
    deepest: summary !== null,
  };
}

/** How far equity is below its highest, as a share of it, zero or below. */
function drawdown(account: Account | null, peak: number): number | null {
  if (!account || peak <= 0) return null;
  return Math.min(0, Number(account.equity) / peak - 1);
}

/**
 * What the held quantity would bring at `lastPrice`, in quote currency before fees; null when flat or unpriced.
 *
 * For the eye only: it moves with every tick, the account of the platform is exact.
 */
export function unrealised(position: Position, lastPrice: number | null): number | null {
  if (position.average_price === null || lastPrice === null) return null;
  return (lastPrice - Number(position.average_price)) * Number(position.quantity) * position.direction;
}
