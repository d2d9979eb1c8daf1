/** The colours of the page's tokens, as the chart library needs them: resolved for the theme on screen. */
export interface Palette {
  background: string;
  text: string;
  rule: string;
  crosshair: string;
  up: string;
  down: string;
  volume: string;
  entry: string;
  lines: string[];
}

export function readPalette(element: HTMLElement): Palette {
  const probe = element.ownerDocument.createElement('span');
  element.append(probe);
  const token = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const palette = {
    background: token('bg-1'),
    text: token('text-2'),
    rule: token('chart-rule'),
    crosshair: token('text-3'),
    up: token('up'),
    down: token('down'),
    volume: token('chart-volume'),
    entry: token('text-2'),
    lines: Array.from({ length: LINE_COLOURS }, (_, index) => token(`line-${index + 1}`)),
  };
  probe.remove();
  return palette;
}

/** The tokens `--line-1` to `--line-5`. */
export const LINE_COLOURS = 5;
