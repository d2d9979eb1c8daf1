// tries: a typed array that is too large
// expect: refused RangeError: Invalid typed array length

export function onBar(ctx, bar) {
  new Float64Array(100_000_000);
}
