// tries: an object that says it has 2^53 - 1 elements
// expect: refused TypeError: Array.prototype.forEach takes an array

export function onBar(ctx, bar) {
  Array.prototype.forEach.call({ length: 2 ** 53 - 1 }, () => {});
}
