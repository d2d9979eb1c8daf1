// tries: methods that look into arrays within arrays
// expect: harmless

export function onBar(ctx) {
  const huge = [];
  huge.length = 2 ** 32 - 1;
  const posing = { length: 2 ** 53 - 1, [Symbol.isConcatSpreadable]: true };
  for (const work of [
    () => [huge].flat(), () => [[huge]].flat(Infinity), () => [1].flatMap(() => huge), () => [].concat(huge), () => [].concat(posing),
    () => [huge].join(), () => String(huge), () => String([huge]), () => [huge].toLocaleString(), () => `${huge}`,
    () => Reflect.apply(Math.max, null, huge), () => Math.max.apply(null, huge), () => new Float64Array(1).set(huge),
    () => Object.keys(huge), () => Object.assign([], huge), () => ({ ...huge }), () => JSON.stringify(huge), () => ctx.log(huge),
    () => Array.of.apply(Array, huge), () => new Function(huge), () => String.raw({ raw: huge }), () => structuredClone(huge),
    () => Float64Array.from({ length: 2 ** 53 - 1 }), () => new Float64Array({ length: 2 ** 53 - 1 }),
  ]) {
    try { work(); } catch {}
  }
  ctx.log('done');
}
