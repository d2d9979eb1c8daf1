// tries: a call of a method that every Java object has
// expect: refused TypeError

export function onBar(ctx, bar) {
  bar.getClass().forName('java.lang.Runtime');
}
