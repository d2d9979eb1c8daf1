// tries: Array.from of an object that is short when first asked
// expect: harmless

export function onBar(ctx, bar) {
  let asked = 0;
  const liar = { get length() { asked += 1; return asked > 1 ? 2 ** 32 - 1 : 1; } };
  if (Array.from(liar).length !== 1) ctx.log('BREACH');
  ctx.log('done');
}
