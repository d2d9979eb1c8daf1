// tries: an endless loop in toJSON
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  JSON.stringify({ toJSON() { for (;;); } });
}
