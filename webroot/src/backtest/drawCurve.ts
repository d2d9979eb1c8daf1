import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { inZone, timeZone, UTC } from '../desk/timeZone';
import { NONE } from '../format';
import { minuteOf, timeMarks, type Curve } from './curves';

const LEGEND_HEIGHT = 28;

/** Draws until the returned function is called; as wide as its element. Hovering one moves the cursor of its group. */
export function drawCurve(element: HTMLElement, group: string, curve: Curve): () => void {
  const style = getComputedStyle(element);
  const colour = (token: string): string => resolved(element, token);
  const axis = { stroke: colour('text-2'), grid: { stroke: colour('chart-rule'), width: 1 }, ticks: { show: false } };
  const size = () => ({ width: element.clientWidth, height: Math.max(80, element.clientHeight - LEGEND_HEIGHT) });
  const chart = new UPlot(
    {
      ...size(),
      tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1000), timeZone.peek() === UTC ? 'Etc/UTC' : timeZone.peek()),
      cursor: { sync: { key: group }, drag: { x: true, y: false } },
      axes: [
        { ...axis, font: `11px ${style.fontFamily}`, values: (_, marks) => timeMarks(marks) },
        {
          ...axis,
          font: `11px ${style.fontFamily}`,
          size: 76,
          values: (_, marks) => marks.map((mark) => curve.text(mark)),
        },
      ],
      series: [
        { label: inZone('Time'), value: (_, seconds) => (seconds == null ? NONE : minuteOf(seconds)) },
        ...curve.lines.map(({ label, colour: token, dashed }) => ({
          label,
          stroke: colour(token),
          width: 1.5,
          points: { show: false },
          spanGaps: true,
          ...(dashed && { dash: [5, 4] }),
          value: (_: UPlot, value: number | null) => curve.text(value),
        })),
      ],
    },
    [curve.times, ...curve.lines.map(({ values }) => values)],
    element,
  );
  const resizing = new ResizeObserver(() => {
    if (element.clientWidth > 0) chart.setSize(size());
  });
  resizing.observe(element);
  return () => {
    resizing.disconnect();
    chart.destroy();
  };
}

/** A token of the page as a colour that a canvas understands. */
function resolved(element: HTMLElement, token: string): string {
  const probe = element.ownerDocument.createElement('span');
  probe.style.color = `var(--${token})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
