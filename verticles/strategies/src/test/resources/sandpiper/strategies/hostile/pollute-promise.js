// tries: then of all promises
// expect: refused TypeError

export function onBar(ctx, bar) {
  Promise.prototype.then = () => { for (;;); };
}
