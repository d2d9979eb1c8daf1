// tries: an endless loop in onStart
// expect: stopped ^loop-on-start\.js:\d+:\d+: onStart took longer than 250 ms and was stopped after

export function onStart() {
  for (;;);
}
