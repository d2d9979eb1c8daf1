// tries: an iterator without end in the constructor of a Set
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  new Set({ [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }) }) });
}
