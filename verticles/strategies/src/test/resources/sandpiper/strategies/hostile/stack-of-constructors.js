// tries: recursion through constructors
// expect: stopped onBar called more than 500 functions inside each other and was stopped

export function onBar(ctx, bar) {
  class Down { constructor() { new Down(); } }
  new Down();
}
