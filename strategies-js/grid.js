// A ladder of buy orders below the price; each that fills is sold one step higher.
//
// At the start `levels` post-only limit orders wait below the price, `stepPct` percent apart. When one fills, an
// order to sell the same size one step higher is placed; when that fills, the buy order is placed again. Once an
// hour, while nothing is held, the ladder moves to the price.
//
// Earns while the price swings within the ladder. Fails when it falls through it: everything is bought and held at
// a loss. It never sells at a loss by itself.
//
// Parameters: levels, stepPct (percent), share (of the cash, spread over the levels).

export const meta = { name: 'grid', api: 1 };

/** @satisfies {ParameterDeclarations} */
export const params = {
  levels: { type: 'int', default: 5, min: 1, max: 50 },
  stepPct: { type: 'float', default: 0.5, min: 0.05, max: 20 },
  share: { type: 'float', default: 0.8, min: 0.01, max: 0.95 },
};

export const data = () => ({ main: { bars: '1m' } });

export const state = {
  version: 1,
  // rungs: what each working order is for, by its id.
  init: () => ({ /** @type {Record<string, { price: number, size: number, side: string }>} */ rungs: {}, laid: false }),
};

/** @param {Context} ctx */
export function onStart(ctx) {
  ctx.timers.every('1h', 'move');
}

/** @param {Context} ctx @param {Bar} bar */
export function onBar(ctx, bar) {
  if (!ctx.state.laid) lay(ctx, bar.close);
}

/** @param {Context} ctx @param {string} id */
export function onTimer(ctx, id) {
  if (id !== 'move' || !ctx.position().flat) return;
  ctx.cancelAll();
  ctx.state.rungs = {};
  ctx.state.laid = false;
}

/** @param {Context} ctx @param {Order} order */
export function onOrder(ctx, order) {
  const rung = ctx.state.rungs[order.id];
  if (!rung) return;
  if (order.status === 'FILLED') {
    delete ctx.state.rungs[order.id];
    const up = 1 + ctx.params.stepPct / 100;
    if (rung.side === 'buy') place(ctx, 'sell', rung.price * up, rung.size);
    else place(ctx, 'buy', rung.price / up, rung.size);
  } else if (order.status === 'REJECTED' || order.status === 'CANCELLED' || order.status === 'EXPIRED') {
    delete ctx.state.rungs[order.id];
  }
}

/** @param {Context} ctx @param {number} price */
function lay(ctx, price) {
  const { levels, stepPct, share } = ctx.params;
  ctx.state.laid = true;
  for (let level = 1; level <= levels; level++) {
    const at = price * (1 - (stepPct / 100) * level);
    place(ctx, 'buy', at, ctx.size.notional((ctx.account.free * share) / levels, { price: at }));
  }
}

/** @param {Context} ctx @param {'buy' | 'sell'} side @param {number} price @param {number} size */
function place(ctx, side, price, size) {
  if (!(size > 0) || !(price > 0)) return;
  const signal = ctx.signal(side, { reason: 'rung of the ladder', price });
  const ticket = ctx[side]({ size, price, signal });
  ctx.state.rungs[ticket.id] = { price, size, side };
}
