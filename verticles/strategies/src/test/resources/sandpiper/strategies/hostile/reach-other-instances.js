// tries: what another instance left behind
// expect: harmless
// instances: 2

const key = Symbol.for('left behind');
export function onStart(ctx) {
  for (const place of [globalThis, Symbol, Object, Object.prototype, ctx, ctx.state, ctx.ind, ctx.params, bar => bar]) {
    if (place[key] !== undefined) ctx.log('BREACH');
    try { place[key] = true; } catch {}
  }
  ctx.log('done');
}
