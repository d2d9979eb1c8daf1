// tries: what has no text, logged
// expect: harmless

export function onBar(ctx, bar) {
  ctx.log(Symbol('x'), undefined, null, () => 1, -0, NaN);
  ctx.log('done');
}
