// tries: a function that calls itself
// expect: stopped onBar called more than 500 functions inside each other and was stopped

export function onBar(ctx, bar) {
  const down = () => down() + 1;
  down();
}
