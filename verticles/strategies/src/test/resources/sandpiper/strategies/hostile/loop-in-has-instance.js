// tries: an endless loop in Symbol.hasInstance
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  return 1 instanceof { [Symbol.hasInstance]() { for (;;); } };
}
