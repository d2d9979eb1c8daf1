// Quotes both sides of the order book and leans against what it holds.
//
// Around a fair price (the microprice, moved down while long and up while short) it keeps one post-only order to
// buy and one to sell, `edge` basis points away and never better than the best price of their side. A quote is
// moved when it is more than `slack` basis points off.
//
// Earns the spread when trades come from both sides. Loses it to fees where the maker fee is not close to zero,
// and to every move that goes on: what it holds is then on the wrong side.
//
// Parameters: size (of each quote), most (largest position), edge and lean and slack (basis points).

export const meta = { name: 'market-maker', api: 1 };

/** @satisfies {ParameterDeclarations} */
export const params = {
  size: { type: 'float', default: 0.01, min: 0.00001, max: 100 },
  most: { type: 'float', default: 0.05, min: 0.00001, max: 1000 },
  edge: { type: 'float', default: 0.1, min: 0, max: 100 },
  lean: { type: 'float', default: 0.5, min: 0, max: 100 },
  slack: { type: 'float', default: 0.1, min: 0, max: 100 },
};

export const data = { depth: { book: true } };

// The quotes that are out, by side.
export const state = {
  version: 1,
  init: () => ({ /** @type {{ id: string, price: number } | null} */ buy: null, /** @type {{ id: string, price: number } | null} */ sell: null }),
};

/** @param {Context} ctx @param {Book} book */
export function onBook(ctx, book) {
  if (!(book.mid > 0)) return; // one side is empty
  const { most, edge, lean } = ctx.params;
  const held = ctx.position().size;
  const fair = book.microprice * (1 - ((lean / 10_000) * held) / most);
  keep(ctx, 'buy', held < most, Math.min(fair * (1 - edge / 10_000), book.bid));
  keep(ctx, 'sell', held > -most, Math.max(fair * (1 + edge / 10_000), book.ask));
}

/** @param {Context} ctx @param {Order} order */
export function onOrder(ctx, order) {
  const side = order.side === 'BUY' ? 'buy' : 'sell';
  const over = order.status === 'FILLED' || order.status === 'CANCELLED' || order.status === 'REJECTED';
  if (over && ctx.state[side]?.id === order.id) ctx.state[side] = null;
}

/** @param {Context} ctx @param {'buy' | 'sell'} side @param {boolean} wanted @param {number} price */
function keep(ctx, side, wanted, price) {
  const quote = ctx.state[side];
  if (quote === null) {
    if (!wanted) return;
    const ticket = ctx[side]({ size: ctx.params.size, price, postOnly: true });
    ctx.state[side] = { id: ticket.id, price };
  } else if (!wanted || Math.abs(price / quote.price - 1) > ctx.params.slack / 10_000) {
    ctx.cancel(quote.id);
  }
}
