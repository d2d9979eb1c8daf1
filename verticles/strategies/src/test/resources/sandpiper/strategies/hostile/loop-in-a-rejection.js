// tries: a handler of rejections that goes on
// expect: stopped onBar (took longer than|allocated more than)

export function onBar(ctx, bar) {
  Promise.reject(new Error()).catch(() => { for (;;); });
}
