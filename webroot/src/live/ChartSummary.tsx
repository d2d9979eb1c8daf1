import type { BarStream } from '../chart/streams';
import { timeZone } from '../desk/timeZone';
import { dateTime, price } from '../format';
import type { SessionBook } from '../session/book';

/** The chart in words: how much it shows, and where it stands. */
export function ChartSummary({ book, stream }: { book: SessionBook; stream: BarStream }) {
  const { bars } = book.candlesOf(stream.key);
  const last = bars.at(-1);
  return (
    <p class="chart-summary" id="chart-summary">
      <span class="sr-only">
        {stream.symbol}, bars of {stream.interval}.{' '}
      </span>
      <span data-testid="candle-count">{bars.length}</span> candles, <span data-testid="fill-count">{book.fills.total}</span>{' '}
      fills
      <span class="sr-only">
        {last && `. Last close ${price(last.close)} in the bar of ${dateTime(last.open_time)} ${timeZone.value}`}.
      </span>
    </p>
  );
}
