// tries: an endless loop in a getter that the host asks
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  ctx.buy({ get size() { for (;;); } });
}
