// tries: an endless loop in Symbol.toPrimitive of a reason
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  ctx.signal('x', { reason: { [Symbol.toPrimitive]() { for (;;); } } });
}
