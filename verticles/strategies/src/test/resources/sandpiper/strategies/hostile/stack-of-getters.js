// tries: recursion through getters
// expect: stopped onBar called more than 500 functions inside each other and was stopped

export function onBar(ctx, bar) {
  const self = { get self() { return this.self; } };
  return self.self;
}
