// tries: a look-ahead that tries exponentially many ways
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  /^(?!(a|aa)+$)a/.test(`${'a'.repeat(80)}c`);
}
