// tries: a generator that never yields
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  const forever = function* () { for (;;); };
  forever().next();
}
