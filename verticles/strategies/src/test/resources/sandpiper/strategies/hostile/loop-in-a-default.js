// tries: an endless loop in the default of a parameter
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  const spin = () => { for (;;); };
  const late = (x = spin()) => x;
  late();
}
