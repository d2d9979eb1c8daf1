// tries: an endless loop in what JSON asks of indicators
// expect: stopped data and indicators took longer than 2 s and was stopped after

export const indicators = () => ({ toJSON() { for (;;); } });
