// tries: an endless loop in the function of a replace
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  'abc'.replace(/b/, () => { for (;;); });
}
