// tries: an endless loop when the code is warm
// expect: stopped ^loop-on-a-later-bar\.js:\d+:\d+: onBar took longer than 250 ms and was stopped after
// events: 140

let bars = 0;
export function onBar(ctx, bar) {
  bars += 1;
  if (bars === 120) for (;;) bars += 1;
}
