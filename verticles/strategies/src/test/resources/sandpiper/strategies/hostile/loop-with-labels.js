// tries: labels and continue
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  outer: for (;;) {
    for (;;) continue outer;
  }
}
