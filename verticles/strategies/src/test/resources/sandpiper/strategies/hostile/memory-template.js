// tries: a long string from a template
// expect: refused RangeError: Invalid string length

export function onBar(ctx, bar) {
  let text = 'x'.repeat(60_000);
  text = `${text}${text}`;
}
