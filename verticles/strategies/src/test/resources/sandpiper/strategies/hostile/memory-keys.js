// tries: an object with many keys
// expect: stopped onBar (took longer than 250 ms|allocated more than 64 MB) and was stopped

export function onBar(ctx, bar) {
  const all = {};
  for (let i = 0; ; i++) all[`key ${i}`] = i;
}
