// tries: a function that calls itself again when it failed
// expect: stopped onBar called more than 500 functions inside each other and was stopped

export function onBar(ctx, bar) {
  function down() {
    try { down(); } catch { down(); } finally { down(); }
  }
  down();
}
