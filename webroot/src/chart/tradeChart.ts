import {
  CandlestickSeries,
  createChart,
  createSeriesMarkers,
  type IChartApi,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  type SeriesMarker,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import type { ClosedTrade, ResultBar } from '../api/history';
import { candleOptions, chartOptions } from './options';
import { readPalette, type Palette } from './palette';
import { chartTime } from './points';
import { Viewport } from './viewport';

const MOST_MARKED = 1_000;

/** Bars of a run that is over, with its trades marked where they began and ended. */
export class TradeChart {
  private palette: Palette;
  private readonly chart: IChartApi;
  private readonly viewport: Viewport;
  private readonly candles: ISeriesApi<'Candlestick'>;
  private readonly markers: ISeriesMarkersPluginApi<Time>;
  private bars: readonly ResultBar[] = [];
  private trades: readonly ClosedTrade[] = [];
  private chosen: string | null = null;

  /** @param onTrade hears the position of a marker that was clicked */
  constructor(
    private readonly element: HTMLElement,
    onTrade: (positionId: string) => void,
  ) {
    this.palette = readPalette(element);
    this.chart = createChart(element, {
      ...this.looks(),
      autoSize: true,
      timeScale: { timeVisible: true, secondsVisible: false, minBarSpacing: 0.2 },
    });
    this.viewport = new Viewport(this.chart);
    this.candles = this.chart.addSeries(CandlestickSeries, candleOptions(this.palette));
    this.markers = createSeriesMarkers(this.candles, []);
    this.chart.subscribeClick(({ hoveredInfo }) => {
      if (typeof hoveredInfo?.objectId === 'string') onTrade(hoveredInfo.objectId.replace(/ .*/, ''));
    });
  }

  /** @param trades of the bars' symbol, in any order */
  draw(bars: readonly ResultBar[], trades: readonly ClosedTrade[], chosen: string | null): void {
    const anew = bars !== this.bars;
    this.trades = trades;
    this.chosen = chosen;
    if (anew) {
      this.bars = bars;
      this.candles.setData(
        bars.map(({ open_time, open, high, low, close }) => ({ time: chartTime(open_time), open, high, low, close })),
      );
    }
    this.markers.setMarkers(tradeMarkers(bars, trades, chosen, this.palette));
  }

  scroll(share: number): void {
    this.viewport.scroll(share);
  }

  zoom(factor: number): void {
    this.viewport.zoom(factor);
  }

  /** All bars. */
  fit(): void {
    this.chart.timeScale().fitContent();
  }

  /** By the numbers of bars. */
  show(from: number, to: number): void {
    this.chart.timeScale().setVisibleLogicalRange({ from, to });
  }

  restyle(): void {
    this.palette = readPalette(this.element);
    this.chart.applyOptions(this.looks());
    this.candles.applyOptions(candleOptions(this.palette));
    this.draw(this.bars, this.trades, this.chosen);
  }

  destroy(): void {
    this.chart.remove();
  }

  private looks() {
    return chartOptions(this.palette, getComputedStyle(this.element).fontFamily);
  }
}

/** The number of the bar in which `time` lies, or -1 before the first. */
export function barAt(bars: readonly ResultBar[], time: number): number {
  let low = 0;
  let high = bars.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((bars[middle] as ResultBar).open_time <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * An arrow where a trade began, a circle where it ended; the chosen one named. Of more than a thousand trades within
 * the bars only the chosen one and the latest are marked.
 */
export function tradeMarkers(
  bars: readonly ResultBar[],
  trades: readonly ClosedTrade[],
  chosen: string | null,
  { up, down, entry }: Pick<Palette, 'up' | 'down' | 'entry'>,
): SeriesMarker<UTCTimestamp>[] {
  const first = bars[0]?.open_time ?? Infinity;
  const within = trades.filter(({ exit_time }) => exit_time >= first);
  const shown = within.filter(
    ({ position_id }, index) => index >= within.length - MOST_MARKED || position_id === chosen,
  );
  const markers: SeriesMarker<UTCTimestamp>[] = [];
  const mark = (time: number, marker: Omit<SeriesMarker<UTCTimestamp>, 'time'>): void => {
    const bar = bars[barAt(bars, time)];
    if (bar) markers.push({ ...marker, time: chartTime(bar.open_time) } as SeriesMarker<UTCTimestamp>);
  };
  for (const { position_id, direction, entry_time, exit_time, net } of shown) {
    const long = direction === 1;
    const named = position_id === chosen;
    mark(entry_time, {
      id: `${position_id} in`,
      position: long ? 'belowBar' : 'aboveBar',
      shape: long ? 'arrowUp' : 'arrowDown',
      color: named ? entry : long ? up : down,
      ...(named && { text: long ? 'long' : 'short' }),
    });
    mark(exit_time, {
      id: `${position_id} out`,
      position: long ? 'aboveBar' : 'belowBar',
      shape: 'circle',
      color: Number(net) > 0 ? up : down,
      ...(named && { text: 'out' }),
    });
  }
  return markers.sort((a, b) => a.time - b.time);
}
