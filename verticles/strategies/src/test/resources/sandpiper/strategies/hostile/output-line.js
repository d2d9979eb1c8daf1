// tries: a log line that is too long
// expect: harmless

export function onBar(ctx, bar) {
  ctx.log('x'.repeat(100_000), 'done');
  ctx.log('done');
}
