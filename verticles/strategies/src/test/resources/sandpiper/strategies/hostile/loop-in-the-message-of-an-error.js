// tries: an error whose message never comes
// expect: ended (.|onBar took longer than)

export function onBar(ctx, bar) {
  throw { get message() { for (;;); }, get name() { for (;;); }, toString() { for (;;); } };
}
