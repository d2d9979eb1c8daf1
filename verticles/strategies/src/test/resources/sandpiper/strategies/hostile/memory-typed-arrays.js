// tries: many typed arrays
// expect: stopped onBar allocated more than 64 MB and was stopped at \d+ MB

export function onBar(ctx, bar) {
  const all = [];
  for (;;) all.push(new Float64Array(100_000));
}
