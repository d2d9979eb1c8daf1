// tries: a Set that grows
// expect: stopped onBar (took longer than 250 ms|allocated more than 64 MB) and was stopped

export function onBar(ctx, bar) {
  const all = new Set();
  for (let i = 0; ; i++) all.add(`key ${i}`);
}
