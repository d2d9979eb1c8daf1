// tries: an array that doubles
// expect: (refused|stopped onBar)

export function onBar(ctx, bar) {
  let all = [1];
  for (;;) all = all.concat(all);
}
