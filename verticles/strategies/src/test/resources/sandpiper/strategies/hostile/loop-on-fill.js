// tries: an endless loop in onFill
// expect: stopped onFill took longer than 250 ms

export function onBar(ctx, bar) {
  ctx.buy({ size: 1 });
}
export function onFill() {
  for (;;);
}
