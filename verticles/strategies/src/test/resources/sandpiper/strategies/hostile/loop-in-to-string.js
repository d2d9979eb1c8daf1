// tries: an endless loop in toString of what is logged
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  ctx.log({ toJSON: () => undefined, toString() { for (;;); } });
}
