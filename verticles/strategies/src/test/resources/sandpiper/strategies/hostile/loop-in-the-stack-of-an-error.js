// tries: an error whose stack never comes
// expect: ended (Error: x|onBar took longer than)

export function onBar(ctx, bar) {
  const error = new Error('x');
  Object.defineProperty(error, 'stack', { get() { for (;;); } });
  throw error;
}
