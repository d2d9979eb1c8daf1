// tries: a property for all objects by way of __proto__
// expect: refused TypeError

export function onBar(ctx, bar) {
  ({}).__proto__.polluted = true;
}
