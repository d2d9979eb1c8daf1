// tries: an endless loop in onOrder
// expect: stopped onOrder took longer than 250 ms

export function onBar(ctx, bar) {
  ctx.buy({ size: 1 });
}
export function onOrder() {
  for (;;);
}
