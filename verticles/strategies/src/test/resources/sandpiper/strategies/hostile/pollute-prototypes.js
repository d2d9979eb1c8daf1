// tries: prototypes of prototypes
// expect: harmless

export function onBar(ctx, bar) {
  for (const object of [Object, Array, Function, Promise, Map, Set, RegExp, Date, Error, Symbol, Number, String, Boolean]) {
    for (const target of [object, object.prototype]) {
      try { Object.setPrototypeOf(target, { polluted: true }); ctx.log('BREACH', object.name); } catch {}
      try { target.polluted = true; ctx.log('BREACH', object.name); } catch {}
      try { Object.defineProperty(target, 'polluted', { value: 1 }); ctx.log('BREACH', object.name); } catch {}
    }
  }
  if ({}.polluted || [].polluted) ctx.log('BREACH');
  ctx.log('done');
}
