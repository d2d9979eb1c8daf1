// tries: many closures
// expect: stopped onBar allocated more than 64 MB and was stopped at \d+ MB

export function onBar(ctx, bar) {
  const all = [];
  for (;;) {
    const held = [1, 2, 3, 4, 5, 6, 7, 8];
    all.push(() => held);
  }
}
