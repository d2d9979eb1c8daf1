// tries: generators that delegate to themselves
// expect: ended (onBar|RangeError)

export function onBar(ctx, bar) {
  const down = function* () { yield* down(); };
  down().next();
}
