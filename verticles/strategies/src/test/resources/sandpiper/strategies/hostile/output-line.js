// tries: a log line that is too long
// expect: harmless

export function onBar(ctx, bar) {
  ctx.log('x'.repeat(90_000), 'end');
  ctx.log('done');
}
