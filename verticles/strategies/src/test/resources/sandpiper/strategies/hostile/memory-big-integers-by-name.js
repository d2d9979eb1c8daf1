// tries: big integers by their constructor
// expect: refused ReferenceError: BigInt is not defined

export function onBar(ctx, bar) {
  BigInt('9'.repeat(90_000));
}
