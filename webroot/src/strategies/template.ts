/** What a new strategy begins with: small, and it works. */
export const template = (name: string): string => `// Long while a fast average stands above a slow one.

export const meta = { name: '${name}', api: 1 };

/** @satisfies {ParameterDeclarations} */
export const params = {
  fast: { type: 'int', default: 9, min: 1, max: 500 },
  slow: { type: 'int', default: 21, min: 2, max: 1000 },
  size: { type: 'float', default: 0.01, min: 0.00000001, max: 1000000 },
};

export const data = { main: { bars: '1m' } };

/** @param {Params} p */
export const indicators = (p) => ({
  fast: { use: 'ema', on: 'main.close', period: p.fast, plot: 'price' },
  slow: { use: 'ema', on: 'main.close', period: p.slow, plot: 'price' },
});

/** @param {Context} ctx */
export function onBar(ctx) {
  if (!ctx.ready) return; // some indicator has no value yet
  const { fast, slow } = ctx.ind;
  if (ctx.position().flat && fast.crossedAbove(slow)) {
    const signal = ctx.signal('long', { reason: 'fast crossed above slow', fast: fast.value, slow: slow.value });
    ctx.buy({ size: ctx.params.size, signal });
  } else if (ctx.position().long && fast.crossedBelow(slow)) {
    const signal = ctx.signal('exit', { reason: 'fast crossed below slow', fast: fast.value, slow: slow.value });
    ctx.sell({ size: ctx.position().size, signal });
  }
}
`;
