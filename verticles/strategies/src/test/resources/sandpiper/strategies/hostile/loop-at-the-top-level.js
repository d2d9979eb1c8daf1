// tries: an endless loop before anything is exported
// expect: stopped the top level took longer than 2 s and was stopped after

for (;;);
