// tries: an endless loop in the comparator of a sort
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  [3, 2, 1].sort(() => { for (;;); });
}
