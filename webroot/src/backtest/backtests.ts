import { batch, signal } from '@preact/signals';
import type { Backtest, BacktestsApi, DataSet, StartBacktest } from '../api/backtests';
import { historyApi } from '../api/history';
import type { Incoming, Message } from '../messages';

type BacktestMessage = Extract<Message, { type: `backtest.${string}` }>;

export const isBacktest = (message: Incoming): message is BacktestMessage => message.type.startsWith('backtest.');

export const isOver = ({ status }: Backtest): boolean => status === 'stopped' || status === 'failed';

/** The backtests there are, kept up to date by what the platform tells; outlives the page that shows it. */
export class Backtests {
  /** Newest first; null until it came. */
  readonly list = signal<readonly Backtest[] | null>(null);
  readonly more = signal<string | null>(null);
  /** Why the list did not come, or null. */
  readonly problem = signal<string | null>(null);
  readonly dataSets = signal<readonly DataSet[] | null>(null);
  readonly dataProblem = signal<string | null>(null);
  private readonly waiting = new Map<string, ((backtest: Backtest) => void)[]>();

  constructor(readonly api: BacktestsApi) {}

  async refresh(): Promise<void> {
    try {
      const { items, next_cursor } = await this.api.list();
      const newest = new Set(items.map(({ session_id }) => session_id));
      batch(() => {
        const older = (this.list.peek() ?? []).filter(({ session_id }) => !newest.has(session_id));
        this.list.value = ordered([...items, ...older]);
        if (older.length === 0) this.more.value = next_cursor;
        this.problem.value = null;
      });
      items.forEach((backtest) => this.settle(backtest));
    } catch (error) {
      this.problem.value = sentence(error);
    }
  }

  async loadMore(): Promise<void> {
    const cursor = this.more.peek();
    if (cursor === null) return;
    try {
      const { items, next_cursor } = await this.api.list(cursor);
      batch(() => {
        this.more.value = next_cursor;
        items.forEach((backtest) => this.put(backtest));
      });
    } catch (error) {
      this.problem.value = sentence(error);
    }
  }

  async loadDataSets(): Promise<void> {
    try {
      this.dataSets.value = await this.api.dataSets();
      this.dataProblem.value = null;
    } catch (error) {
      this.dataProblem.value = sentence(error);
    }
  }

  /** @throws ApiError with the platform's reason */
  async start(order: StartBacktest): Promise<Backtest> {
    const started = await this.api.start(order);
    this.put(started);
    return this.find(started.session_id) ?? started;
  }

  /** @throws ApiError with the platform's reason */
  async changePace(id: string, acceleration: 'max' | number): Promise<void> {
    this.put(await this.api.pace(id, acceleration));
  }

  /** @throws ApiError with the platform's reason */
  async cancel(id: string): Promise<void> {
    await this.api.cancel(id);
    await this.reload(id);
  }

  /** @throws ApiError with the platform's reason */
  async reload(id: string): Promise<Backtest> {
    const backtest = await this.api.get(id);
    this.put(backtest);
    return backtest;
  }

  /** It is there no more. */
  forget(id: string): void {
    this.list.value = this.list.peek()?.filter(({ session_id }) => session_id !== id) ?? null;
  }

  /** @throws ApiError with the platform's reason */
  async pause(id: string, paused: boolean): Promise<void> {
    await historyApi.pause(id, paused);
    await this.reload(id);
  }

  find(id: string): Backtest | null {
    return this.list.value?.find(({ session_id }) => session_id === id) ?? null;
  }

  /** Resolves when the run has ended, however it did. */
  ended(id: string): Promise<Backtest> {
    const known = this.list.peek()?.find(({ session_id }) => session_id === id);
    if (known && isOver(known)) return Promise.resolve(known);
    return new Promise((resolve) => this.waiting.set(id, [...(this.waiting.get(id) ?? []), resolve]));
  }

  hear(message: BacktestMessage): void {
    const known = this.list.peek()?.find(({ session_id }) => session_id === message.sessionId);
    if (!known) {
      void this.reload(message.sessionId).catch(() => undefined); // the next list has it
      return;
    }
    if (isOver(known)) return;
    switch (message.type) {
      case 'backtest.progress':
        this.put({ ...known, acceleration: message.data.acceleration, progress: message.data });
        break;
      case 'backtest.done':
      case 'backtest.failed':
        void this.reload(message.sessionId).catch((error: unknown) => (this.problem.value = sentence(error)));
        break;
    }
  }

  /** What has ended stays ended, whatever was on its way before. */
  private put(backtest: Backtest): void {
    const others = (this.list.peek() ?? []).filter(({ session_id }) => session_id !== backtest.session_id);
    const known = this.list.peek()?.find(({ session_id }) => session_id === backtest.session_id);
    if (known && isOver(known) && !isOver(backtest)) return;
    this.list.value = ordered([...others, backtest]);
    this.settle(backtest);
  }

  private settle(backtest: Backtest): void {
    if (!isOver(backtest)) return;
    this.waiting.get(backtest.session_id)?.forEach((resolve) => resolve(backtest));
    this.waiting.delete(backtest.session_id);
  }
}

const ordered = (backtests: Backtest[]): Backtest[] =>
  backtests.sort((a, b) => b.started_at - a.started_at || (a.session_id < b.session_id ? 1 : -1));

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));
