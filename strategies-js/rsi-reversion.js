// Buys what has fallen too fast and sells when it has recovered.
//
// Buys when the relative strength index crosses below `low`, sells when it crosses above `exit`, or when the
// price has fallen `stopPct` percent below the entry: a stop order that waits at the venue all the while.
//
// Earns in sideways markets. Fails in a crash: the index stays low while the price goes on falling, and the stop
// is hit again and again.
//
// Parameters: period (bars), low, exit (levels of the index), stopPct (percent, live), share (of the free cash).

export const meta = { name: 'rsi-reversion', api: 1 };

/** @satisfies {ParameterDeclarations} */
export const params = {
  period: { type: 'int', default: 14, min: 2, max: 200 },
  low: { type: 'float', default: 30, min: 1, max: 50 },
  exit: { type: 'float', default: 55, min: 30, max: 99 },
  stopPct: { type: 'float', default: 3, min: 0.1, max: 50, live: true },
  share: { type: 'float', default: 0.5, min: 0.01, max: 1 },
};

export const data = () => ({ main: { bars: '5m' } });

/** @param {Params} p */
export const indicators = (p) => ({
  rsi: { use: 'rsi', on: 'main.close', period: p.period, plot: 'RSI' },
});

/** @param {Context} ctx @param {Bar} bar */
export function onBar(ctx, bar) {
  if (!ctx.ready) return;
  const { rsi } = ctx.ind;
  const position = ctx.position();
  if (position.flat && rsi.crossedBelow(ctx.params.low)) {
    const size = ctx.size.notional(ctx.account.free * ctx.params.share, { price: bar.close });
    if (size === 0) return;
    const signal = ctx.signal('long', { reason: 'oversold', rsi: rsi.value });
    ctx.buy({ size, bracket: { stopLoss: { percent: ctx.params.stopPct } }, signal });
  } else if (position.long && rsi.crossedAbove(ctx.params.exit)) {
    ctx.cancelAll();
    const signal = ctx.signal('exit', { reason: 'recovered', rsi: rsi.value });
    ctx.sell({ size: position.size, reduceOnly: true, signal });
  }
}
