// tries: methods that every Java object has
// expect: harmless

export function onBar(ctx, bar) {
  for (const name of ['getClass', 'class', 'hashCode', 'notify', 'wait', 'equals', 'clone', 'static']) {
    if (name in bar || bar[name] !== undefined) ctx.log('BREACH', name);
  }
  ctx.log('done');
}
