// tries: closures that hold a little more in each callback
// expect: stopped (the strategy held more than 64 MB after onBar|onBar took longer than (50|250) ms) and was stopped
// events: 800

const all = [];
export function onBar(ctx, bar) {
  const text = 'x'.repeat(90_000).split('');
  all.push(() => text);
}
