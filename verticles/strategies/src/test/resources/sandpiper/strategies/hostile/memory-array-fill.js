// tries: an array that is filled at once
// expect: refused TypeError: an array may have 1000000 elements

export function onBar(ctx, bar) {
  new Array(100_000_000).fill(0);
}
