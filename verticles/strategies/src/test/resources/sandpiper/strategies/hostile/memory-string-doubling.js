// tries: a string that doubles
// expect: refused RangeError: Invalid string length

export function onBar(ctx, bar) {
  let text = 'x';
  for (;;) text += text;
}
