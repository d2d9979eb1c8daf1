// tries: recursion without a function of its own
// expect: refused RangeError: Maximum call stack size exceeded

export function onBar(ctx, bar) {
  const self = {};
  Object.defineProperty(self, 'x', { get: Reflect.get.bind(null, self, 'x') });
  return self.x;
}
