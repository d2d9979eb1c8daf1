// tries: many long strings
// expect: stopped onBar (allocated|took)

export function onBar(ctx, bar) {
  const all = [];
  for (let i = 0; ; i++) all.push(`${i}${'x'.repeat(90_000)}`.split('').join(''));
}
