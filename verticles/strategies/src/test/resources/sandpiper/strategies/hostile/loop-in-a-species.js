// tries: an endless loop in a subclass that map constructs
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  class List extends Array {
    static get [Symbol.species]() { for (;;); }
  }
  new List(3).map((x) => x);
}
