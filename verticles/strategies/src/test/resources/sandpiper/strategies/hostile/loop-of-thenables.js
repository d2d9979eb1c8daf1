// tries: an object that is its own promise
// expect: stopped onBar (took longer than|allocated more than)

export async function onBar() {
  const thenable = { then(resolve) { resolve(thenable); } };
  await thenable;
}
