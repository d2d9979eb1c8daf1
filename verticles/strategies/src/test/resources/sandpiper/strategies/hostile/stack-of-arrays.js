// tries: arrays that nest deeply, as text
// expect: ended (RangeError|onBar)

export function onBar(ctx, bar) {
  let nested = [];
  for (let i = 0; i < 20_000; i++) nested = [nested];
  String(nested);
}
