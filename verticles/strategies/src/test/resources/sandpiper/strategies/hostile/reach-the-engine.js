// tries: the engine by its names
// expect: harmless

export function onBar(ctx, bar) {
  const found = ['Polyglot', 'Graal', 'Debug', 'load', 'loadWithNewGlobal', 'print', 'quit', 'exit', '__LINE__', '$EXEC', '$ENV'].filter((name) => name in globalThis);
  if (found.length > 0) ctx.log('BREACH', found);
  ctx.log('done');
}
