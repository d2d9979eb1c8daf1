// tries: twice as many calls at each level, just above the limit of depth
// expect: stopped onBar took longer than

export function onBar(ctx, bar) {
  const down = (n) => { if (n > 0) { down(n - 1); down(n - 1); } };
  down(490);
}
