// tries: Java by its names
// expect: harmless

export function onBar(ctx, bar) {
  const found = ['Java', 'java', 'javax', 'Packages', 'JavaImporter', 'com', 'org'].filter((name) => name in globalThis);
  if (found.length > 0) ctx.log('BREACH', found);
  ctx.log('done');
}
