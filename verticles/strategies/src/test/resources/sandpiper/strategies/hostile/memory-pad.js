// tries: a long string by padding
// expect: refused RangeError: Invalid string length

export function onBar(ctx, bar) {
  'x'.padEnd(2 ** 30, 'abc');
}
