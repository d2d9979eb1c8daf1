// tries: the real time, by every way to a date
// expect: harmless

export function onBar(ctx, bar) {
  const now = Date.now();
  class Mine extends Date {}
  const ways = [
    () => new Date(), () => new Mine(), () => new (new Date().constructor)(), () => new (Object.getPrototypeOf(new Date()).constructor)(),
    () => Reflect.construct(Date, []), () => Reflect.construct(Date, [], Object), () => Reflect.construct(Date, [], Mine),
    () => new Date(Date()), () => new Date(Date.call(null)), () => new Date(new (Date.bind(null))()), () => new Date(new Date().toString()),
    () => new (Object.getPrototypeOf(Mine))(), () => new Date(Date.prototype.constructor.now()), () => new Date(undefined ?? Date.now()),
    () => new (Reflect.getPrototypeOf(class extends Date {}))(), () => new (Object.getOwnPropertyDescriptor(Date.prototype, 'constructor').get())(),
  ];
  for (const way of ways) {
    const gap = Math.abs(new Date(Date.prototype.getTime.call(way())).getTime() - now);
    if (!(gap < 1000)) ctx.log('BREACH', String(way), gap);
  }
  if (new Date(0).toLocaleString() !== new Date(0).toLocaleString('en-US', { timeZone: 'UTC' })) ctx.log('BREACH zone');
  if (new Date(2020, 0, 1).getTimezoneOffset() !== 0) ctx.log('BREACH offset');
  ctx.log('done');
}
