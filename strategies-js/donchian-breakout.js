// The turtles' breakout: buys a new high of `entry` bars, leaves at a new low of `exit` bars.
//
// The channel is read from the closed bars before this one, so that a bar is compared with what came before it.
// The size risks a share of the equity over the way to the lower channel.
//
// Few large gains pay for many small losses. Fails in sideways markets, where every breakout is a false one.
//
// Parameters: entry, exit (bars), risk (share of the equity, live).

export const meta = { name: 'donchian-breakout', api: 1 };

/** @satisfies {ParameterDeclarations} */
export const params = {
  entry: { type: 'int', default: 20, min: 2, max: 500 },
  exit: { type: 'int', default: 10, min: 2, max: 500 },
  risk: { type: 'float', default: 0.01, min: 0.0001, max: 0.1, live: true },
};

export const data = () => ({ main: { bars: '1h' } });

/** @param {Context} ctx @param {Bar} bar */
export function onBar(ctx, bar) {
  const { entry, exit, risk } = ctx.params;
  const { main } = ctx.history;
  if (main.length <= Math.max(entry, exit)) return;
  const highest = Math.max(...main.values('high', entry + 1).slice(0, -1));
  const lowest = Math.min(...main.values('low', exit + 1).slice(0, -1));
  ctx.plot.line('highest', highest);
  ctx.plot.line('lowest', lowest);

  const position = ctx.position();
  if (position.flat && bar.close > highest) {
    const size = ctx.size.riskPct(risk, { entry: bar.close, stop: lowest });
    if (size === 0) return;
    const signal = ctx.signal('long', { reason: `new high of ${entry} bars`, highest });
    ctx.buy({ size, signal });
  } else if (position.long && bar.close < lowest) {
    const signal = ctx.signal('exit', { reason: `new low of ${exit} bars`, lowest });
    ctx.sell({ size: position.size, signal });
  }
}
