// tries: an endless loop in onStop
// expect: stopped onStop took longer than 250 ms

export function onStop() {
  for (;;);
}
