// Long or flat on two simple moving averages of the close.
//
// Buys one unit when the fast average stands above the slow one, sells it when it stands below; orders
// are market orders and fill at the next bar's open. Loses to fees where the price moves sideways.
//
// Parameters: fast, slow (bars), size (units).

export const meta = { name: 'sma-cross', api: 1 };

/** @satisfies {ParameterDeclarations} */
export const params = {
  fast: { type: 'int', default: 10, min: 1, max: 500 },
  slow: { type: 'int', default: 30, min: 2, max: 1000 },
  size: { type: 'float', default: 1, min: 0.00000001, max: 1000000 },
};

export const data = () => ({ main: { bars: '1m' } });

/** @param {Params} p */
export const indicators = (p) => ({
  fast: { use: 'sma', on: 'main.close', period: p.fast, plot: 'price' },
  slow: { use: 'sma', on: 'main.close', period: p.slow, plot: 'price' },
});

const DEAD_BAND = 1e-6;

/** @param {Context} ctx */
export function onBar(ctx) {
  if (!ctx.ready) return;
  const distance = ctx.ind.fast.value - ctx.ind.slow.value;
  if (distance > DEAD_BAND && ctx.position().flat) {
    const signal = ctx.signal('long', { reason: 'fast above slow', distance });
    ctx.buy({ size: ctx.params.size, signal });
  } else if (distance < -DEAD_BAND && ctx.position().long) {
    const signal = ctx.signal('exit', { reason: 'fast below slow', distance });
    ctx.sell({ size: ctx.position().size, signal });
  }
}
