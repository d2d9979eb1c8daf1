// tries: Java by a bare name
// expect: refused ReferenceError: Java is not defined

export function onBar(ctx, bar) {
  Java.type('java.lang.System').exit(1);
}
