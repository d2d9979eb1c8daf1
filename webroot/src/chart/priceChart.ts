import {
  CandlestickSeries,
  HistogramSeries,
  LineSeries,
  createChart,
  createSeriesMarkers,
  type IChartApi,
  type IPriceLine,
  type ISeriesMarkersPluginApi,
  type Time,
} from 'lightweight-charts';
import type { Candle, IndicatorReading, Micros } from '../messages';
import type { SessionBook } from '../session/book';
import type { TimeSeries } from '../session/timeSeries';
import { Drawn } from './drawn';
import { candleOptions, chartOptions } from './options';
import { LINE_COLOURS, readPalette, type Palette } from './palette';
import { chartTime, fillMarkers, linePoint, placesOf } from './points';
import { indicatorLines, type BarStream, type IndicatorLine } from './streams';
import { Viewport } from './viewport';

interface DrawnLine {
  line: IndicatorLine;
  drawn: Drawn<IndicatorReading, 'Line'>;
}

export interface ChartListener {
  /** Open time of the bar under the pointer, or null. */
  onHover(openTime: Micros | null): void;
  onFillClick(fillId: string): void;
}

/** Candles, volume, indicator lines, fill markers and the entry of the open position, for one bar stream. */
export class PriceChart {
  private palette: Palette;
  private readonly chart: IChartApi;
  private readonly viewport: Viewport;
  private readonly candles: Drawn<Candle, 'Candlestick'>;
  private readonly volume: Drawn<Candle, 'Histogram'>;
  private readonly markers: ISeriesMarkersPluginApi<Time>;
  private lines: DrawnLine[] = [];
  private linesKey = '';
  private entry: IPriceLine | null = null;
  private markedFills: readonly unknown[] | null = null;
  private markedBars = 0;
  private places = -1;

  constructor(
    private readonly element: HTMLElement,
    listener: ChartListener,
  ) {
    this.palette = readPalette(element);
    this.chart = createChart(element, {
      ...this.looks(),
      autoSize: true,
      timeScale: { timeVisible: true, secondsVisible: false, rightOffset: 6, barSpacing: 8 },
    });
    this.viewport = new Viewport(this.chart);
    this.candles = new Drawn(
      this.chart.addSeries(CandlestickSeries, candleOptions(this.palette)),
      ({ open_time, open, high, low, close }) => ({ time: chartTime(open_time), open, high, low, close }),
    );
    this.volume = new Drawn(
      this.chart.addSeries(HistogramSeries, {
        priceScaleId: '',
        priceFormat: { type: 'volume' },
        priceLineVisible: false,
        lastValueVisible: false,
        color: this.palette.volume,
      }),
      ({ open_time, volume }) => ({ time: chartTime(open_time), value: volume }),
    );
    this.volume.series.priceScale().applyOptions({ scaleMargins: { top: 0.86, bottom: 0 } });
    this.candles.series.priceScale().applyOptions({ scaleMargins: { top: 0.12, bottom: 0.16 } });
    this.markers = createSeriesMarkers(this.candles.series, []);
    this.chart.subscribeCrosshairMove(({ time }) =>
      listener.onHover(typeof time === 'number' ? time * 1_000_000 : null),
    );
    this.chart.subscribeClick(({ hoveredInfo }) => {
      if (typeof hoveredInfo?.objectId === 'string') listener.onFillClick(hoveredInfo.objectId);
    });
  }

  draw(book: SessionBook, stream: BarStream): void {
    this.setLines(indicatorLines(book.session, stream));
    const candles = book.candlesOf(stream.key);
    const readings = this.lines.map(({ line }) => book.readingsOf(line.strategy, stream.key));
    const anew =
      this.candles.startsAnew(candles) ||
      this.lines.some(({ drawn }, index) => drawn.startsAnew(readings[index] as TimeSeries<IndicatorReading>));
    const keep = anew ? this.viewport.remember() : null;
    this.setPlaces(candles.bars);
    this.candles.draw(candles);
    this.volume.draw(candles);
    this.lines.forEach(({ drawn }, index) => drawn.draw(readings[index] as TimeSeries<IndicatorReading>));
    this.mark(book, candles, stream.symbol, anew);
    this.drawEntry(book, stream.symbol);
    this.viewport.lastTime = candles.bars.at(-1)?.open_time ?? null;
    if (anew) this.viewport.restore(keep);
  }

  now(): void {
    this.viewport.now();
  }

  /** By a share of what is visible. */
  scroll(share: number): void {
    this.viewport.scroll(share);
  }

  /** Above 1 shows more bars. */
  zoom(factor: number): void {
    this.viewport.zoom(factor);
  }

  /** Takes the colours of the theme on screen. */
  restyle(): void {
    this.palette = readPalette(this.element);
    this.chart.applyOptions(this.looks());
    this.candles.series.applyOptions(candleOptions(this.palette));
    this.volume.series.applyOptions({ color: this.palette.volume });
    this.lines.forEach(({ drawn }, index) => drawn.series.applyOptions({ color: this.lineColour(index) }));
    this.entry?.applyOptions({ color: this.palette.entry });
    this.markedFills = null;
  }

  destroy(): void {
    this.chart.remove();
  }

  private looks() {
    return chartOptions(this.palette, getComputedStyle(this.element).fontFamily);
  }

  private lineColour(index: number): string {
    return this.palette.lines[index % LINE_COLOURS] as string;
  }

  /** Panes come in the order in which their names first appear. */
  private setLines(lines: IndicatorLine[]): void {
    const key = lines.map((line) => `${line.key}@${line.pane}`).join();
    if (key === this.linesKey) return;
    this.linesKey = key;
    this.lines.forEach(({ drawn }) => this.chart.removeSeries(drawn.series));
    const panes = ['price', ...new Set(lines.map(({ pane }) => pane).filter((pane) => pane !== 'price'))];
    this.lines = lines.map((line, index) => {
      const options = {
        color: this.lineColour(index),
        lineWidth: 2 as const,
        priceLineVisible: false,
        lastValueVisible: line.pane !== 'price',
        crosshairMarkerVisible: false,
        title: line.pane === 'price' ? '' : line.label,
      };
      const series = this.chart.addSeries(LineSeries, options, panes.indexOf(line.pane));
      return { line, drawn: new Drawn(series, (reading: IndicatorReading) => linePoint(reading, line)) };
    });
    this.chart.panes().forEach((pane, index) => pane.setStretchFactor(index === 0 ? 3 : 1));
  }

  private setPlaces(bars: readonly Candle[]): void {
    const places = placesOf(bars);
    if (places <= this.places) return;
    this.places = places;
    const priceFormat = { type: 'price' as const, precision: places, minMove: 10 ** -places };
    this.candles.series.applyOptions({ priceFormat });
  }

  private mark(book: SessionBook, candles: TimeSeries<Candle>, symbol: string, anew: boolean): void {
    const fills = book.fills.list();
    // A fill may come before the bar in which it happened.
    if (!anew && fills === this.markedFills && candles.bars.length === this.markedBars) return;
    this.markedFills = fills;
    this.markedBars = candles.bars.length;
    this.markers.setMarkers(fillMarkers(fills, candles, symbol, this.palette));
  }

  private drawEntry(book: SessionBook, symbol: string): void {
    const open = book.positions.list().find((position) => position.symbol === symbol && position.closed_time === null);
    const price = open?.average_price ? Number(open.average_price) : null;
    if (price === null) {
      if (this.entry) this.candles.series.removePriceLine(this.entry);
      this.entry = null;
      return;
    }
    const options = { price, title: open?.direction === 1 ? 'long' : 'short', color: this.palette.entry };
    if (this.entry) this.entry.applyOptions(options);
    else this.entry = this.candles.series.createPriceLine({ ...options, lineWidth: 1, lineStyle: 2 });
  }
}
