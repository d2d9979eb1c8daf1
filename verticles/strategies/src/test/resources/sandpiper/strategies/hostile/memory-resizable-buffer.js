// tries: a buffer that may grow
// expect: ended (RangeError|onBar allocated)

export function onBar(ctx, bar) {
  const buffer = new ArrayBuffer(1, { maxByteLength: 2 ** 30 });
  buffer.resize(2 ** 30);
}
