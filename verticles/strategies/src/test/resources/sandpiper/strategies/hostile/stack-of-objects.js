// tries: objects that nest deeply, logged
// expect: ended (RangeError|onBar)

export function onBar(ctx, bar) {
  let nested = {};
  for (let i = 0; i < 20_000; i++) nested = { nested };
  ctx.log(nested);
}
