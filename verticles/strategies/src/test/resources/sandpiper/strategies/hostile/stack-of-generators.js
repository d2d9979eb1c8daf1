// tries: generators that delegate to themselves
// expect: ended (onBar called more than 500|RangeError)

export function onBar(ctx, bar) {
  const down = function* () { yield* down(); };
  down().next();
}
