// tries: promises that make promises
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  const again = () => Promise.resolve().then(again);
  again();
}
