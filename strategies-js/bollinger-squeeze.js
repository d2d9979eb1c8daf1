// Waits for quiet, then follows the first move out of it.
//
// The width of the Bollinger bands is compared with its smallest of the last `lookback` bars: while it is within
// `tight` times that, the market is squeezed. A close above the upper band within `patience` bars after a squeeze
// is bought; a trailing stop follows the price from the fill on.
//
// Fails when the first move out of a squeeze is the wrong one, which is often; the trailing stop keeps that small.
//
// Parameters: period (bars), deviations, lookback (bars), tight (times the smallest width), patience (bars),
// trailPct (percent), share (of the free cash).

export const meta = { name: 'bollinger-squeeze', api: 1 };

/** @satisfies {ParameterDeclarations} */
export const params = {
  period: { type: 'int', default: 20, min: 5, max: 200 },
  deviations: { type: 'float', default: 2, min: 0.5, max: 5 },
  lookback: { type: 'int', default: 100, min: 10, max: 250 },
  tight: { type: 'float', default: 1.2, min: 1, max: 5 },
  patience: { type: 'int', default: 10, min: 1, max: 100 },
  trailPct: { type: 'float', default: 1.5, min: 0.1, max: 50 },
  share: { type: 'float', default: 0.5, min: 0.01, max: 1 },
};

export const data = () => ({ main: { bars: '5m' } });

/** @param {Params} p */
export const indicators = (p) => ({
  bands: { use: 'bollinger', on: 'main.close', period: p.period, deviations: p.deviations, plot: 'price' },
});

export const state = {
  version: 1,
  init: () => ({ /** @type {number[]} */ widths: [], sinceSqueeze: -1 }),
};

/** @param {Context} ctx @param {Bar} bar */
export function onBar(ctx, bar) {
  if (!ctx.ready) return;
  const { upper, lower, middle } = ctx.ind.bands;
  const { widths } = ctx.state;
  const width = (upper - lower) / middle;
  widths.push(width);
  if (widths.length > ctx.params.lookback) widths.shift();
  if (widths.length < ctx.params.lookback) return;

  const squeezed = width <= Math.min(...widths) * ctx.params.tight;
  if (squeezed) ctx.state.sinceSqueeze = 0;
  else if (ctx.state.sinceSqueeze >= 0) ctx.state.sinceSqueeze++;
  ctx.plot.line('width', width, 'squeeze');

  const fresh = ctx.state.sinceSqueeze >= 0 && ctx.state.sinceSqueeze <= ctx.params.patience;
  if (!ctx.position().flat || ctx.orders().length > 0 || !fresh || bar.close <= upper) return;
  const size = ctx.size.notional(ctx.account.free * ctx.params.share, { price: bar.close });
  if (size === 0) return;
  const signal = ctx.signal('long', { reason: 'out of a squeeze', width });
  ctx.buy({ size, bracket: { stopLoss: { trail: { percent: ctx.params.trailPct } } }, signal });
  ctx.state.sinceSqueeze = -1;
}
