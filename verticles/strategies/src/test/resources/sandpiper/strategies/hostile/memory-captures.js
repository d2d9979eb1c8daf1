// tries: many groups of a regular expression
// expect: stopped onBar (took longer than 250 ms|allocated more than 64 MB) and was stopped

export function onBar(ctx, bar) {
  const all = [];
  for (;;) all.push([...'ab'.repeat(10_000).matchAll(/(a)(b)/g)]);
}
