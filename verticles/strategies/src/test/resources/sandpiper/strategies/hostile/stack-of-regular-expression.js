// tries: groups that nest deeply
// expect: (refused (SyntaxError|RangeError)|stopped onBar)

export function onBar(ctx, bar) {
  new RegExp('('.repeat(40_000) + ')'.repeat(40_000));
}
