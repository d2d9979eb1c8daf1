// tries: a finally that begins again from itself
// expect: stopped onBar took longer than 250 ms and was stopped after \d+ m?s

export function onBar(ctx, bar) {
  const again = () => {
    try {
      for (;;);
    } catch {
      again();
    } finally {
      ctx.log('BREACH finally');
      again();
    }
  };
  again();
}
