import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { PriceChart } from '../chart/priceChart';
import { steer } from '../chart/steer';
import { barStreams, type BarStream } from '../chart/streams';
import { look } from '../desk/theme';
import { isTyping } from '../desk/typing';
import type { Micros } from '../messages';
import type { SessionBook } from '../session/book';
import type { Followed } from '../session/follower';
import { BarTable } from './BarTable';
import { ChartLegend } from './ChartLegend';
import { ChartSummary } from './ChartSummary';

interface Props {
  followed: Followed;
  book: SessionBook;
  onSignal(signalId: string): void;
}

/** The chart of one bar stream, or its numbers as a table. */
export function ChartPanel({ followed, book, onSignal }: Props) {
  const chosen = useSignal<string | null>(null);
  const asTable = useSignal(false);
  const nowAsked = useSignal(0);
  void followed.frame.value;
  const streams = barStreams(book.session);
  const stream = streams.find(({ key }) => key === chosen.value) ?? streams[0];
  if (!stream) {
    return (
      <section class="panel chart-panel" aria-label="Chart">
        <p class="empty-line">The strategies of this session read no bars.</p>
      </section>
    );
  }
  return (
    <section class="panel chart-panel" aria-label="Chart">
      <div class="panel-head">
        {streams.length > 1 ? (
          <select aria-label="Bars on the chart" value={stream.key} onChange={(e) => (chosen.value = e.currentTarget.value)}>
            {streams.map(({ key, symbol, interval }) => (
              <option key={key} value={key}>{`${symbol} ${interval}`}</option>
            ))}
          </select>
        ) : (
          <h2>
            {stream.symbol} <span class="interval">{stream.interval}</span>
          </h2>
        )}
        <ChartSummary book={book} stream={stream} />
        <button type="button" aria-pressed={asTable.value} onClick={() => (asTable.value = !asTable.value)}>
          Table
        </button>
        <button type="button" data-testid="chart-now" title="Newest bars (.)" onClick={() => nowAsked.value++}>
          Now
        </button>
      </div>
      {asTable.value ? (
        <BarTable book={book} stream={stream} />
      ) : (
        <Canvas key={stream.key} followed={followed} stream={stream} nowAsked={nowAsked} onSignal={onSignal} />
      )}
    </section>
  );
}

interface CanvasProps {
  followed: Followed;
  stream: BarStream;
  nowAsked: { value: number };
  onSignal(signalId: string): void;
}

function Canvas({ followed, stream, nowAsked, onSignal }: CanvasProps) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useSignal<PriceChart | null>(null);
  const hovered = useSignal<Micros | null>(null);
  const book = useComputed(() => followed.book.value);
  useEffect(() => {
    const onHover = (openTime: Micros | null): void => {
      hovered.value = openTime;
    };
    const onFillClick = (fillId: string): void => {
      const fill = followed.book.peek()?.fills.get(fillId);
      if (fill) onSignal(fill.signal_id);
    };
    const created = new PriceChart(element.current as HTMLElement, { onHover, onFillClick });
    chart.value = created;
    const onKey = (event: KeyboardEvent): void => {
      const shown = element.current?.checkVisibility() ?? false; // not while another page is
      if (event.key === '.' && shown && !isTyping(event.target)) created.now();
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
      chart.value = null;
      created.destroy();
    };
  }, []);
  useSignalEffect(() => {
    void followed.frame.value;
    if (book.value) chart.value?.draw(book.value, stream);
  });
  useSignalEffect(() => {
    void look.value;
    chart.value?.restyle();
    if (book.peek()) chart.value?.draw(book.peek() as SessionBook, stream);
  });
  useSignalEffect(() => {
    if (nowAsked.value > 0) chart.value?.now();
  });
  return (
    <div class="chart-area">
      {book.value && <ChartLegend followed={followed} book={book.value} stream={stream} hovered={hovered} />}
      <div
        ref={element}
        class="chart-canvas"
        role="group"
        tabIndex={0}
        aria-label="Price chart. Left and right scroll, plus and minus zoom, full stop goes to the newest bars."
        aria-describedby="chart-summary"
        data-testid="chart"
        onKeyDown={(event) => chart.value && steer(chart.value, event)}
      />
    </div>
  );
}
