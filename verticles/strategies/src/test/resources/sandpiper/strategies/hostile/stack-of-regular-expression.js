// tries: groups that nest deeply
// expect: ended ((SyntaxError|RangeError)|onBar)

export function onBar(ctx, bar) {
  new RegExp('('.repeat(40_000) + ')'.repeat(40_000));
}
