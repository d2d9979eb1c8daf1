import { batch, signal } from '@preact/signals';
import type { SystemApi, SystemInfo, SystemLogLine } from '../api/system';
import { SYSTEM } from '../bus/addresses';
import type { Bridge } from '../bus/bridge';
import { readMessage, type SystemHealth } from '../messages';

/** How the platform itself is, as long as somebody looks; the last word stays. */
export class Platform {
  readonly health = signal<SystemHealth | null>(null);
  /** Of the wall clock, in milliseconds; null before the first word. */
  readonly heardAt = signal<number | null>(null);
  /** Inputs a second, between the two latest words. */
  readonly rate = signal<number | null>(null);
  /** Why the figures did not come, or null. */
  readonly problem = signal<string | null>(null);
  readonly info = signal<SystemInfo | null>(null);
  readonly infoProblem = signal<string | null>(null);
  /** Newest first; null until it came. */
  readonly lines = signal<readonly SystemLogLine[] | null>(null);
  readonly older = signal<string | null>(null);
  readonly logProblem = signal<string | null>(null);
  readonly level = signal<'info' | 'warn'>('warn');

  constructor(
    readonly api: SystemApi,
    private readonly bridge: Pick<Bridge, 'subscribe'>,
    private readonly clock: () => number = () => Date.now(),
  ) {}

  /** Hears how it is once a second, until the returned function is called. */
  watch(): () => void {
    const leave = this.bridge.subscribe(SYSTEM, (body) => {
      const message = readMessage(body);
      if (message.type === 'system.health') this.hear(message.data);
    });
    return () => {
      leave();
      this.rate.value = null;
      this.last = null;
    };
  }

  private last: { inputs: number; at: number } | null = null;

  private hear(health: SystemHealth): void {
    const at = this.clock();
    const inputs = health.inputs.reduce((sum, { count }) => sum + count, 0);
    batch(() => {
      if (this.last && at > this.last.at) {
        this.rate.value = Math.max(0, ((inputs - this.last.inputs) * 1000) / (at - this.last.at));
      }
      this.health.value = health;
      this.heardAt.value = at;
      this.problem.value = null;
    });
    this.last = { inputs, at };
  }

  /** Asks for what is not told by itself, and for the figures until they are. */
  async refresh(mayReadLog: boolean): Promise<void> {
    await Promise.all([this.askHealth(), this.askInfo(), mayReadLog ? this.askLog() : undefined]);
  }

  private async askHealth(): Promise<void> {
    try {
      const health = await this.api.health();
      if (this.health.peek() === null) this.hear(health);
      this.problem.value = null;
    } catch (error) {
      this.problem.value = sentence(error);
    }
  }

  private async askInfo(): Promise<void> {
    try {
      this.info.value = await this.api.info();
      this.infoProblem.value = null;
    } catch (error) {
      this.infoProblem.value = sentence(error);
    }
  }

  async askLog(): Promise<void> {
    const level = this.level.peek();
    try {
      const page = await this.api.log(level);
      if (level !== this.level.peek()) return; // another answer is on its way
      batch(() => {
        this.lines.value = page.items;
        this.older.value = page.next_cursor;
        this.logProblem.value = null;
      });
    } catch (error) {
      this.logProblem.value = sentence(error);
    }
  }

  async askOlder(): Promise<void> {
    const cursor = this.older.peek();
    if (cursor === null) return;
    try {
      const page = await this.api.log(this.level.peek(), cursor);
      batch(() => {
        this.lines.value = [...(this.lines.peek() ?? []), ...page.items];
        this.older.value = page.next_cursor;
        this.logProblem.value = null;
      });
    } catch (error) {
      this.logProblem.value = sentence(error);
    }
  }
}

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));
