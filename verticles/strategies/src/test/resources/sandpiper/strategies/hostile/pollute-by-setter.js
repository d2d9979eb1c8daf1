// tries: a setter that puts a value into a prototype
// expect: refused TypeError

export function onBar(ctx, bar) {
  const { set } = Object.getOwnPropertyDescriptor(Object.prototype, 'toString');
  set.call(Object.prototype, () => 'polluted');
}
