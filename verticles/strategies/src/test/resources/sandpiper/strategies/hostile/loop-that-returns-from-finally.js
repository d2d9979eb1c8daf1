// tries: a finally that returns and so forgets an exception
// expect: stopped onBar took longer than 250 ms and was stopped after \d+ m?s

export function onBar(ctx, bar) {
  for (;;) {
    (() => {
      try {
        for (;;);
      } finally {
        return 1;
      }
    })();
  }
}
