// tries: a little more in each callback
// expect: stopped the strategy held more than 64 MB after onBar and was stopped
// events: 400

const all = [];
export function onBar(ctx, bar) {
  all.push(new Float64Array(100_000));
}
