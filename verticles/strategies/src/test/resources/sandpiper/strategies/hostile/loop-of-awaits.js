// tries: an async loop that always waits for nothing
// expect: stopped onBar (took longer than|allocated more than)

export async function onBar() {
  for (;;) await null;
}
