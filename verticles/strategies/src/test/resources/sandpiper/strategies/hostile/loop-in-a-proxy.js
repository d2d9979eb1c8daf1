// tries: an endless loop in a trap of a proxy
// expect: refused ReferenceError: Proxy is not defined

export function onBar(ctx, bar) {
  ctx.buy(new Proxy({}, { ownKeys() { for (;;); } }));
}
