// tries: the inside of an exception of the host
// expect: harmless

export function onBar(ctx, bar) {
  try {
    ctx.buy({ size: -1 });
  } catch (e) {
    for (let o = e; o !== null && o !== undefined; o = Object.getPrototypeOf(o)) {
      for (const name of ['getClass', 'class', 'getCause', 'getStackTrace', 'fillInStackTrace', 'printStackTrace', 'addSuppressed']) {
        if (name in o) ctx.log('BREACH', name);
      }
    }
    if (/sandpiper|java|graal/.test(`${e.message} ${e.stack} ${JSON.stringify(e)}`)) ctx.log('BREACH', e.stack);
    ctx.log('done');
  }
}
