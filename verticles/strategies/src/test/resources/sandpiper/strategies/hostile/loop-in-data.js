// tries: an endless loop in data
// expect: stopped data and indicators took longer than 2 s and was stopped after

export const data = () => { for (;;); };
