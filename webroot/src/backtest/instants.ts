import { signal } from '@preact/signals';
import type { DataSet } from '../api/backtests';
import type { Backtests } from './backtests';
import { InstantBacktest, instantData } from './instant';

const KEY = 'instant-data';

/** Chosen to have none. */
export const NO_DATA = 'none';

/** The instant backtests of all strategies, and the data they share, which the browser remembers. */
export class Instants {
  /** A data set, or {@link NO_DATA}. */
  readonly data = signal(globalThis.localStorage?.getItem(KEY) ?? 'demo');
  private readonly all = new Map<string, InstantBacktest>();

  constructor(private readonly backtests: Backtests) {}

  of(name: string): InstantBacktest {
    let known = this.all.get(name);
    if (!known) this.all.set(name, (known = new InstantBacktest(name, this.backtests)));
    return known;
  }

  choose(data: string): void {
    this.data.value = data;
    globalThis.localStorage?.setItem(KEY, data);
  }

  async run(name: string, version: number): Promise<void> {
    if (this.data.peek() === NO_DATA) return this.of(name).run(version, null);
    if (this.backtests.dataSets.peek() === null) await this.backtests.loadDataSets();
    const set = this.chosen();
    await this.of(name).run(version, set ? instantData(set) : null);
  }

  /** The demo when what was chosen is there no more. */
  private chosen(): DataSet | undefined {
    const sets = this.backtests.dataSets.peek() ?? [];
    return sets.find(({ id }) => id === this.data.peek()) ?? sets[0];
  }
}
