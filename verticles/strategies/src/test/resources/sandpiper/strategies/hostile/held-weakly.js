// tries: values of a WeakMap whose keys stay
// expect: stopped the strategy held more than 64 MB after onBar and was stopped
// events: 400

const keys = [];
const all = new WeakMap();
export function onBar(ctx, bar) {
  const key = {};
  keys.push(key);
  all.set(key, new Float64Array(100_000));
}
