// tries: a list of names for JSON.stringify that has no end
// expect: refused TypeError: an array may have 1000000 elements

export function onBar(ctx, bar) {
  const names = [];
  names.length = 4294967295;
  JSON.stringify({}, names);
}
