// tries: recursion through toString
// expect: stopped onBar called more than 500 functions inside each other and was stopped

export function onBar(ctx, bar) {
  const self = { toString() { return `${this}`; } };
  return `${self}`;
}
