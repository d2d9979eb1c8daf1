// tries: a generator that holds a little more at each step
// expect: stopped the strategy held more than 64 MB after onBar and was stopped
// events: 400

const keep = (function* () { const all = []; for (;;) all.push(yield); })();
keep.next();
export function onBar(ctx, bar) {
  keep.next(new Float64Array(100_000));
}
