// Long or flat on two exponential averages of every trade's price.
//
// The averages start at the first price and are kept here, trade by trade. After `slow` trades: buys when
// the fast one stands above the slow one, sells when below; fills at the next trade.
//
// Parameters: fast, slow (trades), size (units).

export const meta = { name: 'tick-ema', api: 1 };

/** @satisfies {ParameterDeclarations} */
export const params = {
  fast: { type: 'int', default: 200, min: 1, max: 100000 },
  slow: { type: 'int', default: 1000, min: 2, max: 100000 },
  size: { type: 'float', default: 100, min: 0.00000001, max: 1000000 },
};

export const data = () => ({ ticks: { trades: true } });

export const state = { version: 1, init: () => ({ seen: 0, fast: 0, slow: 0 }) };

const DEAD_BAND = 1e-7;

/** @param {Context} ctx @param {Trade} trade */
export function onTrade(ctx, trade) {
  const { state, params } = ctx;
  if (state.seen === 0) {
    state.fast = trade.price;
    state.slow = trade.price;
  }
  state.fast += (2 / (params.fast + 1)) * (trade.price - state.fast);
  state.slow += (2 / (params.slow + 1)) * (trade.price - state.slow);
  state.seen++;
  if (state.seen < params.slow) return;

  const distance = state.fast - state.slow;
  if (distance > DEAD_BAND && ctx.position().flat) {
    ctx.buy({ size: params.size, signal: ctx.signal('long', { distance }) });
  } else if (distance < -DEAD_BAND && ctx.position().long) {
    ctx.sell({ size: ctx.position().size, signal: ctx.signal('exit', { distance }) });
  }
}
