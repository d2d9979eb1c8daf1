// tries: text as code by eval
// expect: refused EvalError

export function onBar(ctx, bar) {
  eval('1');
}
