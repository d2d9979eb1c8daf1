// tries: functions on the stack
// expect: harmless

export function onBar(ctx, bar) {
  const spy = (error, frames) => { ctx.log('BREACH', typeof frames); return frames; };
  try { Error.prepareStackTrace = spy; ctx.log('BREACH'); } catch {}
  try { Object.defineProperty(Error, 'prepareStackTrace', { value: spy }); ctx.log('BREACH'); } catch {}
  if (typeof new Error('x').stack !== 'string') ctx.log('BREACH');
  class Mine extends Error {}
  Mine.prepareStackTrace = spy;
  if (typeof new Mine('x').stack !== 'string') ctx.log('BREACH');
  ctx.log('done');
}
