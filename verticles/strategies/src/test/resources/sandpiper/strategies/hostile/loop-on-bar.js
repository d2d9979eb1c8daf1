// tries: an endless loop in the first bar
// expect: stopped ^loop-on-bar\.js:5:3: onBar took longer than 250 ms and was stopped after

export function onBar(ctx, bar) {
  while (true) {}
}
