// Buys pullbacks in an uptrend, with a stop and a target from the start.
//
// While the fast average of the 15-minute bars stands above the slow one, a dip below the fast average of the
// one-minute bars that closes above it again is bought with a post-only limit order at the close. The order
// carries its bracket: a stop two average true ranges away and a target of twice the risk; unfilled after two
// minutes it expires. The size risks a share of the equity.
//
// Fails where trends are short: dips then go on falling, and each costs the share it risked. Gaps jump the stop.
//
// Parameters: fast (bars of the dip), trendFast, trendSlow (15-minute bars), stopAtr (ATRs to the stop), reward
// (target in multiples of the risk), risk (share of the equity, live).

export const meta = { name: 'ema-pullback', api: 1 };

/** @satisfies {ParameterDeclarations} */
export const params = {
  fast: { type: 'int', default: 20, min: 2, max: 500 },
  trendFast: { type: 'int', default: 12, min: 2, max: 200 },
  trendSlow: { type: 'int', default: 48, min: 3, max: 500 },
  stopAtr: { type: 'float', default: 2, min: 0.5, max: 10 },
  reward: { type: 'float', default: 2, min: 0.5, max: 10 },
  risk: { type: 'float', default: 0.01, min: 0.0001, max: 0.1, live: true },
};

export const data = () => ({ main: { bars: '1m' }, trend: { bars: '15m' } });

/** @param {Params} p */
export const indicators = (p) => ({
  dip: { use: 'ema', on: 'main.close', period: p.fast, plot: 'price' },
  fast: { use: 'ema', on: 'trend.close', period: p.trendFast, plot: 'price' },
  slow: { use: 'ema', on: 'trend.close', period: p.trendSlow, plot: 'price' },
  atr: { use: 'atr', on: 'main', period: 14, plot: 'ATR' },
});

export const state = { version: 1, init: () => ({ below: false, entries: 0 }) };

/** @param {Context} ctx @param {Bar} bar @param {string} stream */
export function onBar(ctx, bar, stream) {
  if (stream !== 'main' || !ctx.ready) return;
  const { dip, fast, slow, atr } = ctx.ind;
  const wasBelow = ctx.state.below;
  ctx.state.below = bar.close < dip.value;
  const back = wasBelow && bar.close > dip.value;
  if (!back || fast.value <= slow.value || !ctx.position().flat || ctx.orders().length > 0) return;

  const stop = bar.close - ctx.params.stopAtr * atr.value;
  if (stop <= 0) return;
  const size = ctx.size.riskPct(ctx.params.risk, { entry: bar.close, stop });
  if (size === 0) return;
  const signal = ctx.signal('long', { reason: 'closed above the average after a dip', atr: atr.value });
  ctx.buy({
    size, type: 'limit', price: bar.close, postOnly: true, tif: 'GTD:2m',
    bracket: { stopLoss: stop, takeProfit: { r: ctx.params.reward } }, signal,
  });
  ctx.state.entries++;
}

/** @param {Context} ctx @param {Fill} fill */
export function onFill(ctx, fill) {
  ctx.plot.marker(fill.price, fill.side);
  ctx.metric('entries', ctx.state.entries);
}
