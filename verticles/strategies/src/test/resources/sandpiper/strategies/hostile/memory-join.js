// tries: a long string from an array
// expect: refused RangeError: Invalid string length

export function onBar(ctx, bar) {
  new Array(900_000).join('abc');
}
