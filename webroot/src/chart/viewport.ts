import type { IChartApi } from 'lightweight-charts';
import type { Micros } from '../messages';
import { chartTime } from './points';

const FIRST_VIEW_BARS = 120;
const ROOM_AT_THE_RIGHT = 6;

interface Remembered {
  from: number;
  to: number;
  /** Index of the newest bar, and its time. */
  last: number;
  lastTime: Micros;
}

/** What part of time is visible. Only the user's hand moves it: new data keep the zoom. */
export class Viewport {
  /** Open time of the newest bar drawn. */
  lastTime: Micros | null = null;

  constructor(private readonly chart: IChartApi) {}

  /** To be called before data are replaced. */
  remember(): Remembered | null {
    const range = this.chart.timeScale().getVisibleLogicalRange();
    const last = this.lastTime === null ? null : this.indexOf(this.lastTime);
    return range && last !== null && this.lastTime !== null ? { ...range, last, lastTime: this.lastTime } : null;
  }

  /** To be called after data were replaced: the same bars, or the newest when the newest were in view. */
  restore(before: Remembered | null): void {
    const last = this.lastTime === null ? null : this.indexOf(this.lastTime);
    if (last === null) return;
    if (!before) {
      this.show(last - FIRST_VIEW_BARS, last + ROOM_AT_THE_RIGHT);
      return;
    }
    const shift = (before.to >= before.last ? last : (this.indexOf(before.lastTime) ?? last)) - before.last;
    this.show(before.from + shift, before.to + shift);
  }

  now(): void {
    this.chart.timeScale().scrollToRealTime();
  }

  scroll(share: number): void {
    const range = this.chart.timeScale().getVisibleLogicalRange();
    if (!range) return;
    const by = (range.to - range.from) * share;
    this.show(range.from + by, range.to + by);
  }

  /** Around the right edge, where the market is. */
  zoom(factor: number): void {
    const range = this.chart.timeScale().getVisibleLogicalRange();
    if (range) this.show(range.to - (range.to - range.from) * factor, range.to);
  }

  private show(from: number, to: number): void {
    this.chart.timeScale().setVisibleLogicalRange({ from, to });
  }

  private indexOf(time: Micros): number | null {
    return this.chart.timeScale().timeToIndex(chartTime(time), true);
  }
}
