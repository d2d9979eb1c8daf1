// tries: labels and continue
// expect: stopped onBar took longer than

export function onBar(ctx, bar) {
  outer: for (;;) {
    for (;;) continue outer;
  }
}
