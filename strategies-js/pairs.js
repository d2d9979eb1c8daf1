// Trades the gap between two symbols that usually move together.
//
// The logarithm of the ratio of their prices is followed over `window` bars. When it stands `enter` standard
// deviations below its mean the first symbol is bought and the second sold short for the same money, and the other
// way round above it; both legs are closed when it is back within `leave` deviations.
//
// Needs a session with two symbols. Fails when the two part for good: the gap then widens without end. A position
// is given up at `giveUp` deviations.
//
// Parameters: window (bars), enter, leave, giveUp (standard deviations), share (of the equity for each leg).

export const meta = { name: 'pairs', api: 1 };

/** @satisfies {ParameterDeclarations} */
export const params = {
  window: { type: 'int', default: 120, min: 10, max: 1000 },
  enter: { type: 'float', default: 2, min: 0.5, max: 10 },
  leave: { type: 'float', default: 0.5, min: 0, max: 5 },
  giveUp: { type: 'float', default: 5, min: 1, max: 50 },
  share: { type: 'float', default: 0.2, min: 0.01, max: 0.45 },
};

/** @param {Params} p @param {SessionInfo} session */
export const data = (p, session) => {
  const [first, second] = session.symbols;
  if (second === undefined) throw new Error('pairs needs a session with two symbols');
  return { first: { bars: '1m', symbol: first }, second: { bars: '1m', symbol: second } };
};

export const state = { version: 1, init: () => ({ /** @type {number[]} */ gaps: [] }) };

/** @param {Context} ctx @param {Bar} bar @param {string} stream */
export function onBar(ctx, bar, stream) {
  const { first, second } = ctx.history;
  // Both bars of a minute have closed when the later of the two comes.
  if (first.length === 0 || second.length === 0 || first.time() !== second.time()) return;
  const { window, enter, leave, giveUp, share } = ctx.params;
  const { gaps } = ctx.state;
  const gap = Math.log(first.close() / second.close());
  gaps.push(gap);
  if (gaps.length > window) gaps.shift();
  if (gaps.length < window) return;

  const mean = gaps.reduce((/** @type {number} */ sum, /** @type {number} */ each) => sum + each, 0) / window;
  const variance = gaps.reduce((/** @type {number} */ sum, /** @type {number} */ each) => sum + (each - mean) ** 2, 0) / window;
  if (variance === 0) return;
  const z = (gap - mean) / Math.sqrt(variance);
  ctx.plot.line('z', z, 'gap');

  const [one, two] = ctx.symbols;
  const held = ctx.position(one);
  if (held.flat && ctx.position(two).flat) {
    if (Math.abs(z) < enter || Math.abs(z) > giveUp) return;
    const money = ctx.account.equity * share;
    const signal = ctx.signal(z < 0 ? 'long' : 'short', { reason: 'the gap is wide', z, symbol: one });
    const sizes = [ctx.size.notional(money, { symbol: one }), ctx.size.notional(money, { symbol: two })];
    if (sizes[0] === 0 || sizes[1] === 0) return;
    ctx[z < 0 ? 'buy' : 'sell']({ symbol: one, size: sizes[0], signal });
    ctx[z < 0 ? 'sell' : 'buy']({ symbol: two, size: sizes[1], signal });
  } else if (Math.abs(z) <= leave || Math.abs(z) > giveUp) {
    const signal = ctx.signal('exit', { reason: Math.abs(z) <= leave ? 'the gap has closed' : 'the gap is too wide', z, symbol: one });
    for (const symbol of [one, two]) {
      const { flat, long, size } = ctx.position(symbol);
      if (!flat) ctx[long ? 'sell' : 'buy']({ symbol, size: Math.abs(size), reduceOnly: true, signal });
    }
  }
}
