// tries: functions that call each other
// expect: stopped onBar called more than 500 functions inside each other and was stopped

export function onBar(ctx, bar) {
  const even = (n) => odd(n + 1);
  const odd = (n) => even(n + 1);
  even(0);
}
