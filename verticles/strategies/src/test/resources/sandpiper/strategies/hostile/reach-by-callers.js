// tries: the functions that called
// expect: harmless

export function onBar(ctx, bar) {
  for (const work of [() => onBar.caller, () => onBar.arguments, () => ctx.buy.caller, () => (function () { return arguments.callee; })()]) {
    try { if (work() != null) ctx.log('BREACH'); } catch {}
  }
  if ((function () { return this; })() !== undefined) ctx.log('BREACH');
  ctx.log('done');
}
