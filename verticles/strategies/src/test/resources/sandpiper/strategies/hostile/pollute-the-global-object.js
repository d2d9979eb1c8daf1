// tries: names that the host might use
// expect: harmless

export function onBar(ctx, bar) {
  for (const name of ['Object', 'JSON', 'Math', 'Date', 'Reflect', 'Array', 'undefined', 'NaN']) {
    try { globalThis[name] = 1; ctx.log('BREACH', name); } catch {}
    try { delete globalThis[name]; ctx.log('BREACH', name); } catch {}
  }
  ctx.log('done');
}
