// tries: Array.from of an object that says it is long
// expect: refused TypeError: an array may have 1000000 elements to be worked on, has 4294967295

export function onBar(ctx, bar) {
  Array.from({ length: 2 ** 32 - 1 });
}
