// tries: a text that nests deeply
// expect: refused RangeError: Cannot parse JSON constructs nested that deep

export function onBar(ctx, bar) {
  JSON.parse('['.repeat(90_000));
}
