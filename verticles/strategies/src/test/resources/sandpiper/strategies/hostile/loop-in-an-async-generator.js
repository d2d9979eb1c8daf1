// tries: an async generator that never ends
// expect: stopped onBar (took longer than|allocated more than)

export async function onBar() {
  const forever = async function* () { for (;;) yield 1; };
  for await (const one of forever()) if (one > 1) break;
}
