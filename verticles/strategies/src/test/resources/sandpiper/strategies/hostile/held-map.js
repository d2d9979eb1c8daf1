// tries: a Map in ctx.state that holds a little more in each callback
// expect: stopped the strategy held more than 64 MB after onBar and was stopped
// events: 800

export const state = { init: () => new Map() };
export function onBar(ctx, bar) {
  ctx.state.set(bar.time, new Array(50_000).fill(bar.time));
}
