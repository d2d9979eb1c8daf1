// tries: an error whose stack never comes
// expect: (refused Error: x|stopped onBar took longer than)

export function onBar(ctx, bar) {
  const error = new Error('x');
  Object.defineProperty(error, 'stack', { get() { for (;;); } });
  throw error;
}
