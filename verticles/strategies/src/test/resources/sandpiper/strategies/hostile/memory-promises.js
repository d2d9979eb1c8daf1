// tries: many promises that wait
// expect: stopped onBar (took longer than 250 ms|allocated more than 64 MB) and was stopped

export function onBar(ctx, bar) {
  const all = [];
  for (;;) all.push(new Promise(() => {}).then(() => all));
}
