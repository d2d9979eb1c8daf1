// tries: a spread of an array that has 2^32 - 1 elements
// expect: stopped onBar (took longer than 250 ms|allocated more than 64 MB) and was stopped

export function onBar(ctx, bar) {
  const huge = [];
  huge.length = 2 ** 32 - 1;
  return [...huge].length;
}
