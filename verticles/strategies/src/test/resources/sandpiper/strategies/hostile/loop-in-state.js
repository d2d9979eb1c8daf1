// tries: an endless loop in state.init
// expect: stopped state took longer than 2 s and was stopped after

export const state = { init() { for (;;); } };
