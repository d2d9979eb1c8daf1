// tries: an endless loop in valueOf
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  Math.max(1, { valueOf() { for (;;); } });
}
