// tries: a generator that never ends
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  const forever = function* () { for (;;) yield 1; };
  for (const one of forever()) if (one > 1) break;
}
