// tries: text as code by all constructors of functions
// expect: harmless

export function onBar(ctx, bar) {
  for (const f of [() => 1, async () => 1, function* () {}, async function* () {}, ctx.buy, ctx.log, Date, [].map, Array.from, class {}]) {
    for (const make of [(c) => c('return this'), (c) => new c('return this'), (c) => Reflect.construct(c, ['return this']), (c) => c.call(null, 'return this'), (c) => c.bind(null, 'return this')()]) {
      try { make(f.constructor); ctx.log('BREACH', f.name); } catch (e) { if (e.name !== 'EvalError') ctx.log('BREACH', e); }
    }
  }
  ctx.log('done');
}
