// tries: a chain of bound functions
// expect: ended (RangeError|onBar)

export function onBar(ctx, bar) {
  let f = () => 1;
  for (let i = 0; i < 1e9; i++) f = f.bind(null);
  f();
}
