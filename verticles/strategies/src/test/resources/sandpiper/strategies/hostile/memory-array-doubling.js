// tries: an array that doubles
// expect: ended (Invalid|an array may|onBar)

export function onBar(ctx, bar) {
  let all = [1];
  for (;;) all = all.concat(all);
}
