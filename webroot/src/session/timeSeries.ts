import type { Micros } from '../messages';

export const MOST_BARS = 5_000;
/** Trimmed in steps, so that the chart is rarely drawn anew. */
const TRIMMED_TO = 4_500;

/**
 * Bars in the order of their open time, at most the newest 5,000.
 *
 * `generation` changes when something other than the end changed: whoever draws it starts again.
 */
export class TimeSeries<T extends { open_time: Micros }> {
  readonly bars: T[] = [];
  generation = 0;

  /** Takes a bar's newer state in its place, or a new bar. */
  merge(bar: T): void {
    const last = this.bars.at(-1);
    if (!last || bar.open_time > last.open_time) {
      this.bars.push(bar);
      if (this.bars.length > MOST_BARS) {
        this.bars.splice(0, this.bars.length - TRIMMED_TO);
        this.generation++;
      }
    } else if (bar.open_time === last.open_time) {
      this.bars[this.bars.length - 1] = bar;
    } else {
      const index = this.indexAt(bar.open_time);
      const replaces = this.bars[index]?.open_time === bar.open_time;
      this.bars.splice(replaces ? index : index + 1, replaces ? 1 : 0, bar);
      this.generation++;
    }
  }

  /** Index of the bar that is open at `time`: the last one that opened at or before; -1 when none did. */
  indexAt(time: Micros): number {
    let low = 0;
    let high = this.bars.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.bars[middle] as T).open_time <= time) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  at(openTime: Micros): T | undefined {
    const bar = this.bars[this.indexAt(openTime)];
    return bar?.open_time === openTime ? bar : undefined;
  }
}
