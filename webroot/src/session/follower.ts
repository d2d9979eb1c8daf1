import { signal, type ReadonlySignal } from '@preact/signals';
import { sessionAddress, SNAPSHOT } from '../bus/addresses';
import { reconnectDelay } from '../bus/backoff';
import { Disconnected, type Bridge } from '../bus/bridge';
import { readMessage, type Incoming, type Snapshot } from '../messages';
import { SessionBook } from './book';
import type { DrawTimes } from './drawTimes';
import { oncePerFrame } from './frames';
import { Sequencer } from './sequencer';

/** Snapshots are heavy: after a gap the next one is asked for no sooner. */
export const SNAPSHOT_PAUSE_MS = 1_000;

/** What a page may look at; `frame` changes when there is something new to draw. */
export interface Followed {
  readonly book: ReadonlySignal<SessionBook | null>;
  readonly frame: ReadonlySignal<number>;
  /** Why the last snapshot did not come, or null. */
  readonly problem: ReadonlySignal<string | null>;
  /** Draws again after the book was changed by an answer of the platform. */
  redraw(): void;
}

/**
 * Keeps the {@link SessionBook} of one session up to date: subscribe, snapshot, messages; again after a gap and
 * after each reconnection. The screen is told at most once per animation frame.
 */
export class SessionFollower implements Followed {
  readonly book = signal<SessionBook | null>(null);
  readonly frame = signal(0);
  readonly problem = signal<string | null>(null);
  private readonly sequencer = new Sequencer<Incoming>();
  private readonly screen = oncePerFrame(() => this.draw());
  private readonly unsubscribe: () => void;
  private asked = 0;
  private failures = 0;
  private askedAt = -Infinity;
  private again: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(
    private readonly bridge: Pick<Bridge, 'subscribe' | 'request'>,
    readonly sessionId: string,
    private readonly onProblem: (text: string) => void,
    private readonly times: DrawTimes | null = null,
  ) {
    this.unsubscribe = bridge.subscribe(sessionAddress(sessionId), (body) => this.receive(readMessage(body)));
  }

  /** Draws again after the book was changed by an answer of the platform. */
  redraw(): void {
    this.screen.ask();
  }

  /** Asks for a snapshot now; messages wait for it. */
  async resync(): Promise<void> {
    clearTimeout(this.again);
    const ticket = ++this.asked;
    this.askedAt = performance.now();
    this.sequencer.awaitSnapshot();
    try {
      const snapshot = (await this.bridge.request(SNAPSHOT, { session_id: this.sessionId })) as Snapshot;
      if (ticket === this.asked && !this.closed) this.begin(snapshot);
    } catch (error) {
      // Without a connection there is nothing to tell here: the next one asks again.
      if (ticket !== this.asked || this.closed || error instanceof Disconnected) return;
      this.problem.value = error instanceof Error ? error.message : String(error);
      this.resyncIn(reconnectDelay(++this.failures, Math.random()));
    }
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.again);
    this.screen.cancel();
    this.unsubscribe();
  }

  private begin(snapshot: Snapshot): void {
    const book = new SessionBook(snapshot, this.book.peek()?.peakEquity);
    const { apply, gap } = this.sequencer.snapshot(snapshot.seq);
    apply.forEach((message) => this.apply(book, message));
    this.book.value = book;
    this.problem.value = null;
    this.failures = 0;
    this.screen.ask();
    if (gap) this.resyncSoon();
  }

  /** Whoever looks at the frame changes the page now; the chart draws itself in the frame after it. */
  private draw(): void {
    this.frame.value++;
    const { times } = this;
    if (times) requestAnimationFrame(() => times.drawn());
  }

  private receive(message: Incoming): void {
    this.times?.heard(message.ts);
    const verdict = this.sequencer.receive(message);
    const book = this.book.peek();
    if (verdict === 'apply' && book) {
      this.apply(book, message);
      this.screen.ask();
    }
    if (verdict === 'gap') this.resyncSoon();
  }

  private apply(book: SessionBook, message: Incoming): void {
    if (message.type === 'unknown') {
      this.onProblem(`The platform sent a message this console does not know: ${message.data.type}.`);
    } else {
      book.apply(message);
      if (message.type === 'tick' && message.data.received_at !== null) this.times?.arrived(message.data.received_at);
    }
  }

  /** At once when the last snapshot was long ago. */
  private resyncSoon(): void {
    this.resyncIn(Math.max(0, this.askedAt + SNAPSHOT_PAUSE_MS - performance.now()));
  }

  private resyncIn(pause: number): void {
    clearTimeout(this.again);
    this.again = setTimeout(() => void this.resync(), pause);
  }
}
