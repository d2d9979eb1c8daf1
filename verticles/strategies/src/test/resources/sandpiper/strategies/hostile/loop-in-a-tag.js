// tries: an endless loop in the function of a tagged template
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  const tag = () => { for (;;); };
  return tag`x`;
}
