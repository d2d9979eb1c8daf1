// tries: an object that holds itself, logged
// expect: refused TypeError

export function onBar(ctx, bar) {
  const self = {};
  self.self = self;
  ctx.log(self);
}
