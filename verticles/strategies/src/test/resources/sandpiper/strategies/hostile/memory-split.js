// tries: many pieces of a string
// expect: stopped onBar (took longer than 250 ms|allocated more than 64 MB) and was stopped

export function onBar(ctx, bar) {
  const all = [];
  for (;;) all.push('x,'.repeat(40_000).split(','));
}
