// tries: text as code by eval under other names
// expect: harmless

export function onBar(ctx, bar) {
  for (const work of [() => (0, eval)('1'), () => globalThis.eval('1'), () => Reflect.apply(eval, null, ['1']), () => ["1"].map(eval), () => eval.call(globalThis, '1')]) {
    try { work(); ctx.log('BREACH'); } catch (e) { if (e.name !== 'EvalError') ctx.log('BREACH', e); }
  }
  ctx.log('done');
}
