// tries: Array.from of an object that is short when first asked
// expect: harmless

export function onBar(ctx, bar) {
  let asked = 0;
  const liar = { get length() { asked += 1; return asked > 1 ? 2 ** 32 - 1 : 1; } };
  const turncoat = { length: 2 ** 32 - 1, get [Symbol.iterator]() { asked += 1; return asked > 2 ? undefined : [][Symbol.iterator]; } };
  if (Array.from(liar).length !== 1) ctx.log('BREACH');
  try { Array.from(turncoat); } catch {}
  ctx.log('done');
}
