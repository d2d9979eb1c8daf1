import type { Signal as Watched } from '@preact/signals';
import { LINE_COLOURS } from '../chart/palette';
import { placesOf } from '../chart/points';
import { indicatorLines, type BarStream, type IndicatorLine } from '../chart/streams';
import { fixed } from '../format';
import type { Micros } from '../messages';
import type { SessionBook } from '../session/book';
import type { Followed } from '../session/follower';

interface Props {
  followed: Followed;
  book: SessionBook;
  stream: BarStream;
  /** The bar under the pointer; the newest when there is none. */
  hovered: Watched<Micros | null>;
}

/** Names the lines of the chart, with the values of one bar. */
export function ChartLegend({ followed, book, stream, hovered }: Props) {
  void followed.frame.value;
  const candles = book.candlesOf(stream.key);
  const at = hovered.value;
  const places = placesOf(candles.bars);
  const bar = (at === null ? undefined : candles.at(at)) ?? candles.bars.at(-1);
  const valueOf = ({ strategy, indicator, output }: IndicatorLine): number | null => {
    const readings = book.readingsOf(strategy, stream.key);
    const reading = at === null ? readings.bars.at(-1) : readings.at(at);
    return reading?.values[indicator]?.[output] ?? null;
  };
  return (
    <div class="chart-legend" data-testid="chart-legend">
      {bar && (
        <span class={bar.close >= bar.open ? 'up' : 'down'}>
          O {fixed(bar.open, places)} H {fixed(bar.high, places)} L {fixed(bar.low, places)} C {fixed(bar.close, places)}
        </span>
      )}
      {indicatorLines(book.session, stream).map((line, index) => (
        <span key={line.key} class={line.pane === 'price' ? 'legend-line' : 'legend-line in-pane'}>
          <i style={{ background: `var(--line-${(index % LINE_COLOURS) + 1})` }} aria-hidden="true" />
          {line.label} <b>{fixed(valueOf(line), line.pane === 'price' ? places : 2)}</b>
        </span>
      ))}
    </div>
  );
}
