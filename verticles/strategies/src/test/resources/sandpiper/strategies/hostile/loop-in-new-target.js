// tries: an endless loop in the prototype of a constructor
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  const target = function () {}.bind();
  Object.defineProperty(target, 'prototype', { get() { for (;;); } });
  Reflect.construct(Date, [], target);
}
