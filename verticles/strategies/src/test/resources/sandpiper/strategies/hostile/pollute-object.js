// tries: a property for all objects
// expect: refused TypeError

export function onBar(ctx, bar) {
  Object.prototype.polluted = true;
}
