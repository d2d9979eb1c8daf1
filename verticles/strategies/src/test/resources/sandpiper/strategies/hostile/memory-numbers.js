// tries: long numbers to be read
// expect: stopped onBar (took longer than 250 ms|allocated more than 64 MB) and was stopped

export function onBar(ctx, bar) {
  const digits = '1'.repeat(90_000);
  for (;;) if (Number(digits) < 0 || parseFloat(`0.${digits}`) < 0 || parseInt(digits, 7) < 0) break;
}
