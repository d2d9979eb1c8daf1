// tries: big integers as literals
// expect: refused SyntaxError

export const huge = 2n ** 1000000000n;
