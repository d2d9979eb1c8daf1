// tries: all methods of arrays on one that has 2^32 - 1 elements
// expect: harmless

export function onBar(ctx) {
  const huge = [];
  huge.length = 2 ** 32 - 1;
  const safe = ['at', 'constructor', 'entries', 'keys', 'length', 'pop', 'push', 'values'];
  for (const name of Object.getOwnPropertyNames(Array.prototype)) {
    if (safe.includes(name)) continue;
    try {
      huge[name](() => true, 1);
      ctx.log('BREACH', name);
    } catch (e) {
      if (!e.message.startsWith('an array may have 1000000 elements')) ctx.log('BREACH', name, e.message);
    }
  }
  ctx.log('done');
}
