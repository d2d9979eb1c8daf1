// tries: an array that grows
// expect: stopped onBar allocated more than 64 MB and was stopped at \d+ MB

export function onBar(ctx, bar) {
  const all = [];
  for (;;) all.push({ a: 1, b: [2] });
}
