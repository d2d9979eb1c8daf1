// tries: generators that delegate to themselves
// expect: (stopped onBar called more than 500|refused RangeError)

export function onBar(ctx, bar) {
  const down = function* () { yield* down(); };
  down().next();
}
