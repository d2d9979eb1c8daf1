// tries: many closures
// expect: stopped onBar (took longer than 250 ms|allocated more than 64 MB) and was stopped

export function onBar(ctx, bar) {
  const all = [];
  for (;;) {
    const held = [1, 2, 3, 4, 5, 6, 7, 8];
    all.push(() => held);
  }
}
