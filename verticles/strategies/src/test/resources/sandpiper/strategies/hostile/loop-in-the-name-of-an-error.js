// tries: an error whose name and message never come
// expect: ended (.|onBar took longer than)

export function onBar(ctx, bar) {
  class Slow extends Error {
    get name() { for (;;); }
    get message() { for (;;); }
    toString() { for (;;); }
  }
  throw new Slow();
}
