// tries: all members of ctx
// expect: harmless

export function onBar(ctx, bar) {
  for (const name of Object.getOwnPropertyNames(ctx)) {
    if (name === 'state') continue;
    try { ctx[name] = () => 1; ctx.log('BREACH', name); } catch {}
    try { delete ctx[name]; ctx.log('BREACH', name); } catch {}
  }
  try { Object.setPrototypeOf(ctx, {}); ctx.log('BREACH'); } catch {}
  try { ctx.more = 1; ctx.log('BREACH'); } catch {}
  ctx.log('done');
}
