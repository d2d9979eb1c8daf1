// tries: clocks by their names
// expect: harmless

export function onBar(ctx, bar) {
  const found = ['performance', 'Temporal', 'Intl', 'WeakRef', 'FinalizationRegistry', 'SharedArrayBuffer', 'Atomics', 'ShadowRealm', 'queueMicrotask', 'setInterval'].filter((name) => name in globalThis);
  if (found.length > 0) ctx.log('BREACH', found);
  ctx.log('done');
}
