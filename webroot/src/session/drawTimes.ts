import { signal, type ReadonlySignal } from '@preact/signals';
import type { Micros } from '../messages';

/** The figure is about the ticks that were drawn in this time. */
export const WINDOW_MS = 30_000;
/** What the platform is to keep below, in milliseconds. */
export const SLOW_MS = 250;
const MOST = 5_000;

/**
 * How long ticks take from the platform to the screen.
 *
 * Begins when the platform had the tick, by its wall clock, and ends in the animation frame that draws it, by the
 * clock here. How far the two clocks are apart is the least that any message of late seemed to take, less half of the
 * quickest round trip: what a message takes longer than the quickest one counts.
 */
export class DrawTimes {
  private readonly shown = signal<number | null>(null);
  /** 99 of 100 ticks of late took at most so long, in milliseconds; null when there is no telling. */
  readonly p99: ReadonlySignal<number | null> = this.shown;
  private readonly distance = new LeastOfLate();
  private readonly trip = new LeastOfLate();
  private waiting: number[] = [];
  private times: { at: number; took: number }[] = [];

  /** @param now wall clock, milliseconds, with its fractions */
  constructor(private readonly now: () => number = () => performance.timeOrigin + performance.now()) {}

  /** A message came that was sent at `ts` by the platform's clock. */
  heard(ts: Micros): void {
    const now = this.now();
    this.distance.add(now - ts / 1000, now);
  }

  /** The platform answered at once, and it took so many milliseconds. */
  answered(milliseconds: number): void {
    this.trip.add(milliseconds, this.now());
  }

  /** A tick will be drawn; the platform had it at `receivedAt`. */
  arrived(receivedAt: Micros): void {
    if (this.waiting.length < MOST) this.waiting.push(receivedAt / 1000);
  }

  /** Whatever arrived is on screen. */
  drawn(): void {
    const now = this.now();
    const apart = this.apart();
    if (apart !== null) this.waiting.forEach((at) => this.times.push({ at: now, took: Math.max(0, now - at - apart) }));
    this.waiting = [];
    if (this.times.length > MOST) this.times.splice(0, this.times.length - MOST);
  }

  /** Nobody looks: what waits is drawn who knows when. */
  forget(): void {
    this.waiting = [];
  }

  /** Brings the figure up to date. */
  look(): void {
    const since = this.now() - WINDOW_MS;
    this.times = this.times.filter(({ at }) => at >= since);
    const took = this.times.map((time) => time.took).sort((a, b) => a - b);
    this.shown.value = took[Math.ceil(took.length * 0.99) - 1] ?? null;
  }

  /** How much the clock here is ahead of the platform's; null while that is not known. */
  private apart(): number | null {
    const distance = this.distance.value;
    const trip = this.trip.value;
    return distance === null || trip === null ? null : distance - trip / 2;
  }
}

/** The least of the values of the last one to two minutes: clocks drift, and are set. */
class LeastOfLate {
  private static readonly SPAN_MS = 60_000;
  private before = Infinity;
  private current = Infinity;
  private began: number | null = null;

  add(value: number, at: number): void {
    this.began ??= at;
    if (Math.abs(at - this.began) >= LeastOfLate.SPAN_MS) {
      this.before = this.current;
      this.current = Infinity;
      this.began = at;
    }
    this.current = Math.min(this.current, value);
  }

  get value(): number | null {
    const least = Math.min(this.before, this.current);
    return least === Infinity ? null : least;
  }
}
