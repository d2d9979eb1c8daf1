// Long with a plan: when the fast average crosses above the slow one, a limit order somewhat below the close waits
// for the price to come back, together with its exits.
//
// The entry expires after two minutes. Once filled, a stop lies some average ranges below it, and the
// profit is taken at twice that distance. When the price has gone one distance up, the stop is moved to the entry.
//
// Fails where crossings are followed by nothing: the entry then fills on the way down and the stop takes it.
//
// Parameters: fast, slow, range (bars), dip, stop (average true ranges), size (units).

export const meta = { name: 'ema-pullback', api: 1 };

/** @satisfies {ParameterDeclarations} */
export const params = {
  fast: { type: 'int', default: 9, min: 1, max: 500 },
  slow: { type: 'int', default: 21, min: 2, max: 1000 },
  range: { type: 'int', default: 14, min: 1, max: 500 },
  dip: { type: 'float', default: 0.5, min: 0, max: 20 },
  stop: { type: 'float', default: 2, min: 0.1, max: 20 },
  size: { type: 'float', default: 1, min: 0.00000001, max: 1000000 },
};

export const data = () => ({ main: { bars: '1m' } });

/** @param {Params} p */
export const indicators = (p) => ({
  fast: { use: 'ema', on: 'main.close', period: p.fast, plot: 'price' },
  slow: { use: 'ema', on: 'main.close', period: p.slow, plot: 'price' },
  atr: { use: 'atr', on: 'main', period: p.range, plot: 'ATR' },
});

export const state = { init: () => ({ stopOrder: null, distance: 0 }) };

/** @param {Context} ctx @param {Bar} bar */
export function onBar(ctx, bar) {
  if (!ctx.ready) return;
  const { fast, slow, atr } = ctx.ind;
  const position = ctx.position();
  if (position.flat && ctx.orders().length === 0 && fast.crossedAbove(slow)) {
    const distance = ctx.params.stop * atr.value;
    const signal = ctx.signal('long', { reason: 'fast crossed above slow', fast: fast.value, slow: slow.value });
    const ticket = ctx.buy({
      size: ctx.params.size, type: 'limit', price: bar.close - ctx.params.dip * atr.value, tif: 'GTD:2m', signal,
      bracket: { stopLoss: { offset: distance }, takeProfit: { r: 2 } },
    });
    ctx.state = { stopOrder: ticket.stopLoss, distance };
  } else if (position.averagePrice !== null && ctx.state.stopOrder !== null
    && bar.close > position.averagePrice + ctx.state.distance) {
    ctx.amend(ctx.state.stopOrder, { trigger: position.averagePrice });
    ctx.state.stopOrder = null;
  }
}

/** @param {Context} ctx @param {Order} order */
export function onOrder(ctx, order) {
  if (order.status === 'REJECTED') ctx.log.warn(`${order.type} ${order.id}: ${order.reason}`);
}
