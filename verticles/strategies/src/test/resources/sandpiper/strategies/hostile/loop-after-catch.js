// tries: a catch that goes on when the loop is stopped
// expect: stopped onBar took longer than 250 ms and was stopped after \d+ m?s

export function onBar(ctx, bar) {
  try {
    for (;;);
  } catch (e) {
    ctx.log('BREACH caught', e);
    for (;;);
  }
}
