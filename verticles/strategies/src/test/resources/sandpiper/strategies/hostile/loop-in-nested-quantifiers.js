// tries: counted repetitions within each other
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  /^(?:(a{1,40}){1,40}){1,40}$/.test(`${'a'.repeat(400)}b`);
}
