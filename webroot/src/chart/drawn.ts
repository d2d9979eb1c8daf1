import type { ISeriesApi, SeriesDataItemTypeMap, SeriesType, Time } from 'lightweight-charts';
import type { TimeSeries } from '../session/timeSeries';

/** From this many new bars on, drawing all of them is cheaper than adding one after the other. */
const MANY = 20;

/**
 * One series of the chart and how far it is drawn: only the bars at the end that changed are handed on, all of
 * them only when the data behind it were replaced or very much is new.
 */
export class Drawn<T extends { open_time: number }, S extends SeriesType> {
  private source: TimeSeries<T> | null = null;
  private generation = -1;
  private drawnTo = -Infinity;

  constructor(
    readonly series: ISeriesApi<S>,
    private readonly toPoint: (bar: T) => SeriesDataItemTypeMap<Time>[S],
  ) {}

  /** Whether the next {@link draw} begins anew, which may move what is visible. */
  startsAnew(source: TimeSeries<T>): boolean {
    const replaced = source !== this.source || source.generation !== this.generation;
    return replaced || source.bars.length - source.indexAt(this.drawnTo) > MANY;
  }

  draw(source: TimeSeries<T>): void {
    const { bars } = source;
    if (this.startsAnew(source)) {
      this.series.setData(bars.map(this.toPoint));
      this.source = source;
      this.generation = source.generation;
    } else {
      for (let index = Math.max(0, source.indexAt(this.drawnTo)); index < bars.length; index++) {
        this.series.update(this.toPoint(bars[index] as T));
      }
    }
    this.drawnTo = bars.at(-1)?.open_time ?? -Infinity;
  }
}
