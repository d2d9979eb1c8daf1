/** Runs `draw` once in the next animation frame, however often it is asked for until then. */
export function oncePerFrame(draw: () => void): { ask(): void; cancel(): void } {
  let frame: number | null = null;
  return {
    ask() {
      frame ??= requestAnimationFrame(() => {
        frame = null;
        draw();
      });
    },
    cancel() {
      if (frame !== null) cancelAnimationFrame(frame);
      frame = null;
    },
  };
}
