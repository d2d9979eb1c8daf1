// tries: a long string from a replacement
// expect: ended (Invalid string length|onBar)

export function onBar(ctx, bar) {
  let text = 'x';
  for (;;) text = text.replaceAll('x', 'xxxxxxxxxx');
}
