// Long or flat on two exponential moving averages of the close: the demo strategy.
//
// Buys when the fast average crosses above the slow one and sells when it crosses below; market orders,
// filled at the next price. Earns in trends, loses to fees where the price moves sideways.
//
// Parameters: fast, slow (bars), size (units).

export const meta = { name: 'ema-cross', api: 1 };

/** @satisfies {ParameterDeclarations} */
export const params = {
  fast: { type: 'int', default: 9, min: 1, max: 500 },
  slow: { type: 'int', default: 21, min: 2, max: 1000 },
  size: { type: 'float', default: 1, min: 0.00000001, max: 1000000 },
};

export const data = () => ({ main: { bars: '1m' } });

/** @param {Params} p */
export const indicators = (p) => ({
  fast: { use: 'ema', on: 'main.close', period: p.fast, plot: 'price' },
  slow: { use: 'ema', on: 'main.close', period: p.slow, plot: 'price' },
});

/** @param {Context} ctx */
export function onBar(ctx) {
  if (!ctx.ready) return;
  const { fast, slow } = ctx.ind;
  if (ctx.position().flat && fast.crossedAbove(slow)) {
    const signal = ctx.signal('long', { reason: 'fast crossed above slow', fast: fast.value, slow: slow.value });
    ctx.buy({ size: ctx.params.size, signal });
  } else if (ctx.position().long && fast.crossedBelow(slow)) {
    const signal = ctx.signal('exit', { reason: 'fast crossed below slow', fast: fast.value, slow: slow.value });
    ctx.sell({ size: ctx.position().size, signal });
  }
}

/** @param {Context} ctx @param {Fill} fill */
export function onFill(ctx, fill) {
  ctx.log.info(`${fill.side} ${fill.size} at ${fill.price}`);
}
