// tries: a bar
// expect: harmless

export function onBar(ctx, bar) {
  for (const name of ['close', 'more', 'constructor', '__proto__']) {
    try { bar[name] = 1; ctx.log('BREACH', name); } catch {}
  }
  for (const work of [Object.freeze, (b) => Object.setPrototypeOf(b, null), (b) => Object.defineProperty(b, 'close', { value: 1 }), (b) => delete b.close]) {
    try { work(bar); } catch {}
  }
  if (bar.close !== 100) ctx.log('BREACH');
  ctx.log('done');
}
