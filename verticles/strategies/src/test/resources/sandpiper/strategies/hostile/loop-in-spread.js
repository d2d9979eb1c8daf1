// tries: an iterator without end in a spread
// expect: stopped onBar (took longer than 250 ms|allocated more than 64 MB) and was stopped

export function onBar(ctx, bar) {
  const endless = { [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }) }) };
  return [...endless].length;
}
