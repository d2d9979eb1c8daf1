// tries: what Node.js and browsers offer
// expect: harmless

export function onBar(ctx, bar) {
  const found = ['process', 'require', 'module', 'Buffer', 'fetch', 'XMLHttpRequest', 'WebSocket', 'Worker', 'setTimeout', 'setImmediate', 'WebAssembly', 'importScripts', 'document', 'localStorage', 'crypto', 'structuredClone'].filter((name) => name in globalThis);
  if (found.length > 0) ctx.log('BREACH', found);
  ctx.log('done');
}
