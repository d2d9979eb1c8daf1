// tries: a log line of many parts
// expect: refused RangeError

export function onBar(ctx, bar) {
  const part = 'x'.repeat(90_000);
  ctx.log(...new Array(50_000).fill(part));
}
