// tries: a method of all arrays
// expect: refused TypeError

export function onBar(ctx, bar) {
  Array.prototype.push = () => 1;
}
