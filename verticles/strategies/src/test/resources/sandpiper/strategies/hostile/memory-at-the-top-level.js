// tries: an array that grows before anything is exported
// expect: stopped the top level allocated more than 256 MB

const all = [];
for (;;) all.push(new Float64Array(10_000));
