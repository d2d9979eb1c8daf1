// tries: an array that grows
// expect: stopped onBar (took longer than 250 ms|allocated more than 64 MB) and was stopped

export function onBar(ctx, bar) {
  const all = [];
  for (;;) all.push({ a: 1, b: [2] });
}
