// tries: twice as many calls at each level, just above the limit of depth
// expect: stopped onBar (took longer than 250 ms|allocated more than 64 MB) and was stopped

export function onBar(ctx, bar) {
  const down = (n) => { if (n > 0) { down(n - 1); down(n - 1); } };
  down(490);
}
