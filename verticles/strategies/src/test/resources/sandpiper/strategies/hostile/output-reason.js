// tries: a reason that is too long
// expect: harmless

export function onBar(ctx, bar) {
  ctx.signal('x', { reason: 'x'.repeat(100_000) });
  ctx.log('done');
}
