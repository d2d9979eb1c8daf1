// tries: a buffer that is too large
// expect: refused RangeError

export function onBar(ctx, bar) {
  new ArrayBuffer(2 ** 30);
}
