import type { LineData, SeriesMarker, UTCTimestamp, WhitespaceData } from 'lightweight-charts';
import type { Candle, Fill, IndicatorReading, Micros } from '../messages';
import type { TimeSeries } from '../session/timeSeries';
import type { Palette } from './palette';
import type { IndicatorLine } from './streams';

/** Bars begin at whole seconds, which is what the chart library counts in. */
export const chartTime = (time: Micros): UTCTimestamp => Math.floor(time / 1_000_000) as UTCTimestamp;

/** A value of the line, or a gap while the indicator warms up. */
export function linePoint(reading: IndicatorReading, line: IndicatorLine): LineData | WhitespaceData {
  const time = chartTime(reading.open_time);
  const value = reading.values[line.indicator]?.[line.output] ?? null;
  return value === null ? { time } : { time, value };
}

/**
 * An arrow and a letter at the bar in which each fill happened; fills before the first bar are left out.
 *
 * @param fills newest first
 */
export function fillMarkers(
  fills: readonly Fill[],
  candles: TimeSeries<Candle>,
  symbol: string,
  { up, down }: Pick<Palette, 'up' | 'down'>,
): SeriesMarker<UTCTimestamp>[] {
  const markers: SeriesMarker<UTCTimestamp>[] = [];
  for (const fill of fills.toReversed()) {
    const bar = candles.bars[candles.indexAt(fill.time)];
    if (fill.symbol !== symbol || !bar) continue;
    const buy = fill.side === 'buy';
    markers.push({
      id: fill.fill_id,
      time: chartTime(bar.open_time),
      position: buy ? 'belowBar' : 'aboveBar',
      shape: buy ? 'arrowUp' : 'arrowDown',
      color: buy ? up : down,
      text: buy ? 'B' : 'S',
    });
  }
  return markers.sort((a, b) => a.time - b.time);
}

/** Decimal places that show every digit of the prices, from 2 to 8. */
export function placesOf(bars: readonly Candle[]): number {
  const places = bars.slice(-200).map(({ close }) => close.toFixed(8).replace(/0+$/, '').split('.')[1]?.length ?? 0);
  return Math.min(8, Math.max(2, ...places));
}
