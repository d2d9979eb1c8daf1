// tries: an endless loop in a static block of a class
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  return class { static { for (;;); } };
}
