// tries: log lines without end
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  for (;;) ctx.log('again');
}
