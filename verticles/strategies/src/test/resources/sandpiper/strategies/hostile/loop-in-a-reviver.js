// tries: an endless loop in the reviver of JSON.parse
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  JSON.parse('[1]', () => { for (;;); });
}
