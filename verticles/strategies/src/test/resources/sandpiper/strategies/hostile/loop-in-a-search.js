// tries: a search of a long text in a long text, again and again
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  const text = 'a'.repeat(100_000);
  const word = `${'a'.repeat(2_000)}b`;
  for (;;) text.indexOf(word);
}
