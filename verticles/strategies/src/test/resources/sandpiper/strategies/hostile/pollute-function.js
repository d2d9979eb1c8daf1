// tries: call of all functions
// expect: refused TypeError

export function onBar(ctx, bar) {
  Function.prototype.call = () => 1;
}
