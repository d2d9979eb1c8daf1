import { signal } from '@preact/signals';
import type { Backtest, DataSet, StartBacktest } from '../api/backtests';
import type { SessionResult, Difference } from '../api/history';
import type { Micros } from '../messages';
import type { Backtests } from './backtests';

/** What an instant backtest runs over; null when none is wanted. */
export interface InstantData {
  id: string;
  symbols: string[];
  /** Only the end of the data, so that it is quick; null for all of them. */
  from: Micros | null;
}

export type InstantState =
  | { kind: 'idle' }
  | { kind: 'running'; version: number; id: string | null }
  | {
      kind: 'done';
      version: number;
      result: SessionResult;
      /** Against the version before: null until it is known, and where there is none. */
      difference: Difference | null;
      against: { version: number; problem: string | null } | null;
    }
  | { kind: 'failed'; version: number; detail: string };

/**
 * The backtest that follows a save of one strategy: of the version that was saved, then held against that of the
 * version before. The next one cancels whatever of it still runs.
 */
export class InstantBacktest {
  readonly state = signal<InstantState>({ kind: 'idle' });
  private ticket = 0;
  private running: string | null = null;
  /** Runs that ended, by version, of the same data. */
  private ended = new Map<number, string>();
  private endedOver = '';

  constructor(
    private readonly name: string,
    private readonly backtests: Backtests,
  ) {}

  async run(version: number, data: InstantData | null): Promise<void> {
    const ticket = ++this.ticket;
    this.cancel();
    if (!data) {
      this.state.value = { kind: 'idle' };
      return;
    }
    this.forgetOtherData(data);
    this.state.value = { kind: 'running', version, id: null };
    try {
      const run = await this.runToEnd(version, data, ticket, (id) => {
        this.state.value = { kind: 'running', version, id };
      });
      if (!run) return;
      if (run.status === 'failed') throw new Error(run.error ?? 'the run failed');
      const result = await this.backtests.api.result(run.session_id);
      if (ticket !== this.ticket) return;
      this.ended.set(version, run.session_id);
      const before = version - 1;
      const against = before >= 1 ? { version: before, problem: null } : null;
      this.state.value = { kind: 'done', version, result, difference: null, against };
      if (against) await this.compare(result, run.session_id, version, data, ticket);
    } catch (error) {
      if (ticket === this.ticket) this.state.value = { kind: 'failed', version, detail: sentence(error) };
    }
  }

  private async compare(result: SessionResult, id: string, version: number, data: InstantData, ticket: number) {
    const before = version - 1;
    const show = (difference: Difference | null, problem: string | null): void => {
      if (ticket !== this.ticket) return;
      this.state.value = { kind: 'done', version, result, difference, against: { version: before, problem } };
    };
    try {
      const known = this.ended.get(before);
      const other = known ?? (await this.runBefore(before, data, ticket));
      if (other === null) return;
      const { differences } = await this.backtests.api.compare([other, id]);
      show(differences[0] ?? null, null);
    } catch (error) {
      show(null, sentence(error));
    }
  }

  private async runBefore(version: number, data: InstantData, ticket: number): Promise<string | null> {
    const run = await this.runToEnd(version, data, ticket, () => undefined);
    if (!run) return null;
    if (run.status === 'failed') throw new Error(run.error ?? 'the run failed');
    this.ended.set(version, run.session_id);
    return run.session_id;
  }

  /** Null when it was cancelled meanwhile. */
  private async runToEnd(
    version: number,
    data: InstantData,
    ticket: number,
    onStart: (id: string) => void,
  ): Promise<Backtest | null> {
    const { session_id: id } = await this.backtests.start(orderOf(this.name, version, data));
    if (ticket !== this.ticket) {
      this.cancelRun(id);
      return null;
    }
    this.running = id;
    onStart(id);
    const run = await this.backtests.ended(id);
    if (this.running === id) this.running = null;
    return ticket === this.ticket ? run : null;
  }

  private cancel(): void {
    if (this.running !== null) this.cancelRun(this.running);
    this.running = null;
  }

  private cancelRun(id: string): void {
    void this.backtests.cancel(id).catch(() => undefined); // it has ended by itself
  }

  private forgetOtherData(data: InstantData): void {
    const over = JSON.stringify(data);
    if (over !== this.endedOver) this.ended.clear();
    this.endedOver = over;
  }
}

const orderOf = (strategy: string, version: number, { id, symbols, from }: InstantData): StartBacktest => ({
  strategy,
  version,
  parameters: {},
  symbols,
  data: id,
  ...(from !== null && { from }),
  budget: '100000',
  acceleration: 'max',
});

/** A day at the end of data whose end is known; else all of them. */
export function instantData({ id, symbols, to }: DataSet): InstantData {
  return { id, symbols: symbols ?? ['BTCUSD'], from: to === null ? null : to - LATEST };
}

const LATEST = 86_400_000_000;

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));
