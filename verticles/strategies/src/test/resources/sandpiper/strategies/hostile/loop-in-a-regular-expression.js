// tries: a regular expression that tries exponentially many ways
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  for (let n = 20; ; n++) /^(([a-z])+.)+\2[A-Z]([a-z])+$/.test('a'.repeat(n));
}
