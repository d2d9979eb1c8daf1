// tries: all methods of arrays on an object that says it has 2^53 - 1 elements
// expect: harmless

export function onBar(ctx) {
  const huge = { length: 2 ** 53 - 1 };
  const safe = ['at', 'constructor', 'entries', 'keys', 'length', 'pop', 'push', 'toString', 'values'];
  for (const name of Object.getOwnPropertyNames(Array.prototype)) {
    if (safe.includes(name)) continue;
    try {
      Array.prototype[name].call(huge, () => true, 1);
      ctx.log('BREACH', name);
    } catch (e) {
      if (e.message !== `Array.prototype.${name} takes an array`) ctx.log('BREACH', name, e.message);
    }
  }
  for (const name of safe) if (name !== 'length') try { Array.prototype[name].call(huge, 1); } catch {}
  ctx.log('done');
}
