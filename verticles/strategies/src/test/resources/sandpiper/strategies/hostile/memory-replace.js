// tries: a long string from a replacement
// expect: refused RangeError: Invalid string length

export function onBar(ctx, bar) {
  'x'.repeat(50_000).replaceAll('x', 'yyyyyyyyyy');
}
