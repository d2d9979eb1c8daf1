// tries: a loop over look-aheads that catches whatever ends them
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  for (;;) try { /^(?!(a|aa)+$)a/.test(`${'a'.repeat(80)}c`); } catch {}
}
