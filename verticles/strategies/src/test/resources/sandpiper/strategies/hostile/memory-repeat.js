// tries: a long string at once
// expect: refused RangeError: Invalid string length

export function onBar(ctx, bar) {
  'x'.repeat(2 ** 30);
}
