// tries: the real chance
// expect: harmless

export function onBar(ctx, bar) {
  const { random } = Math;
  try { Math.random = () => 4; ctx.log('BREACH'); } catch {}
  if (Math.random !== random || !(random() < 1)) ctx.log('BREACH');
  ctx.log('done');
}
