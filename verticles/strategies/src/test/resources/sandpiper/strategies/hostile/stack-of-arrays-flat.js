// tries: arrays that nest deeply, to be flattened
// expect: ended (RangeError|onBar)

export function onBar(ctx, bar) {
  let nested = [];
  for (let i = 0; i < 20_000; i++) nested = [nested];
  nested.flat(Infinity);
}
