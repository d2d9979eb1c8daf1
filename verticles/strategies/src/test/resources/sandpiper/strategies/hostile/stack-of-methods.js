// tries: recursion through methods of the language
// expect: ended (onBar|RangeError)

export function onBar(ctx, bar) {
  const down = () => [2, 1].sort(() => 'abc'.replace(/b/, () => JSON.stringify({ toJSON: () => down() })));
  down();
}
