// tries: an endless loop in a getter of params
// expect: stopped params took longer than 2 s and was stopped after

export const params = { get fast() { for (;;); } };
