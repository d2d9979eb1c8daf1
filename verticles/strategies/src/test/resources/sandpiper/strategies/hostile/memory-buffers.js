// tries: many buffers
// expect: stopped onBar allocated more than 64 MB and was stopped at \d+ MB

export function onBar(ctx, bar) {
  const all = [];
  for (;;) all.push(new ArrayBuffer(1_000_000));
}
