// tries: a small text that is parsed into much
// expect: stopped onBar (took longer than 250 ms|allocated more than 64 MB) and was stopped

export function onBar(ctx, bar) {
  const text = `[${'{},'.repeat(30_000)}{}]`;
  const all = [];
  for (;;) all.push(JSON.parse(text));
}
