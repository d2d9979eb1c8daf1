// tries: a list of names for JSON.stringify that has no end
// expect: (harmless|stopped)

export function onBar(ctx, bar) {
  const names = [];
  names.length = 4294967295;
  JSON.stringify({}, names);
}
