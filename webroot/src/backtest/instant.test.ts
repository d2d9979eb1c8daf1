import { beforeEach, expect, test } from 'vitest';
import type { Backtest, BacktestsApi, StartBacktest } from '../api/backtests';
import type { SessionResult, Comparison } from '../api/history';
import { Backtests } from './backtests';
import { InstantBacktest, instantData, type InstantData } from './instant';

const DATA: InstantData = { id: 'demo', symbols: ['BTCUSD'], from: null };

/** The platform's side: runs end when the test says so. */
class FakeRuns {
  readonly started: StartBacktest[] = [];
  readonly cancelled: string[] = [];
  readonly compared: string[][] = [];
  readonly all = new Map<string, Backtest>();

  readonly api = {
    start: async (order: StartBacktest): Promise<Backtest> => {
      const id = `bt_${this.started.push(order)}`;
      const run = { session_id: id, status: 'running', started_at: this.started.length, progress: {} } as Backtest;
      this.all.set(id, run);
      return run;
    },
    get: async (id: string): Promise<Backtest> => this.all.get(id) as Backtest,
    cancel: async (id: string): Promise<unknown> => {
      this.cancelled.push(id);
      this.all.set(id, { ...(this.all.get(id) as Backtest), status: 'stopped', cancelled: true });
      return {};
    },
    result: async (id: string): Promise<SessionResult> => ({ session: this.all.get(id) }) as SessionResult,
    compare: async (ids: readonly string[]): Promise<Comparison> => {
      this.compared.push([...ids]);
      return { sessions: [], differences: [{ session_id: ids[1] } as Comparison['differences'][number]] };
    },
  } as BacktestsApi;
}

let runs: FakeRuns;
let backtests: Backtests;
let instant: InstantBacktest;

beforeEach(() => {
  runs = new FakeRuns();
  backtests = new Backtests(runs.api);
  instant = new InstantBacktest('sma', backtests);
});

async function end(id: string, change: Partial<Backtest> = { status: 'stopped' }): Promise<void> {
  runs.all.set(id, { ...(runs.all.get(id) as Backtest), ...change });
  await backtests.reload(id);
  await settled();
}

/** Everything that waits for an answer of the fake has gone on. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test('a first version runs and has nothing to be compared with', async () => {
  void instant.run(1, DATA);
  await settled();
  expect(instant.state.value).toMatchObject({ kind: 'running', version: 1, id: 'bt_1' });
  await end('bt_1');
  expect(instant.state.value).toMatchObject({ kind: 'done', version: 1, difference: null, against: null });
  expect(runs.started).toHaveLength(1);
});

test('a later version is held against the one before, which runs only when it has not run yet', async () => {
  void instant.run(2, DATA);
  await settled();
  await end('bt_1');
  expect(instant.state.value).toMatchObject({ kind: 'done', difference: null, against: { version: 1, problem: null } });
  expect(runs.started.map(({ version }) => version)).toEqual([2, 1]);
  await end('bt_2');
  expect(runs.compared).toEqual([['bt_2', 'bt_1']]);
  expect(instant.state.value).toMatchObject({ kind: 'done', difference: { session_id: 'bt_1' } });

  void instant.run(3, DATA);
  await settled();
  await end('bt_3');
  expect(runs.started.map(({ version }) => version)).toEqual([2, 1, 3]);
  expect(runs.compared[1]).toEqual(['bt_1', 'bt_3']);
});

test('the next save cancels the run that is under way, and what it brings is not shown', async () => {
  void instant.run(1, DATA);
  await settled();
  void instant.run(2, DATA);
  await settled();
  expect(runs.cancelled).toEqual(['bt_1']);
  await end('bt_1', { status: 'stopped', cancelled: true });
  expect(instant.state.value).toMatchObject({ kind: 'running', version: 2, id: 'bt_2' });
});

test('a run that starts after the next save was made is cancelled as well', async () => {
  void instant.run(1, DATA);
  void instant.run(2, DATA);
  await settled();
  expect(runs.cancelled).toEqual(['bt_1']);
  expect(instant.state.value).toMatchObject({ kind: 'running', version: 2 });
});

test('other data make runs that cannot be compared with what ran before', async () => {
  void instant.run(1, DATA);
  await settled();
  await end('bt_1');
  void instant.run(2, { ...DATA, id: 'file:other.csv' });
  await settled();
  await end('bt_2');
  expect(runs.started.map(({ version, data }) => [version, data])).toEqual([
    [1, 'demo'],
    [2, 'file:other.csv'],
    [1, 'file:other.csv'],
  ]);
});

test('a run that fails says why; one of the version before that fails leaves the result', async () => {
  void instant.run(1, DATA);
  await settled();
  await end('bt_1', { status: 'failed', error: 'onBar: boom' });
  expect(instant.state.value).toEqual({ kind: 'failed', version: 1, detail: 'onBar: boom' });
  void instant.run(2, DATA);
  await settled();
  await end('bt_2');
  await end('bt_3', { status: 'failed', error: 'onBar: boom' });
  expect(instant.state.value).toMatchObject({ kind: 'done', against: { version: 1, problem: 'onBar: boom' } });
});

test('switched off, it cancels and shows nothing', async () => {
  void instant.run(1, DATA);
  await settled();
  void instant.run(1, null);
  await settled();
  expect(runs.cancelled).toEqual(['bt_1']);
  expect(instant.state.value).toEqual({ kind: 'idle' });
});

test('of data whose end is known the last day is enough', () => {
  const set = { id: 'demo', symbols: ['BTCUSD'], content: null, interval: null, from: 0, rows: 1, about: '', problem: null };
  expect(instantData({ ...set, to: 500_000_000_000 }).from).toBe(500_000_000_000 - 86_400_000_000);
  expect(instantData({ ...set, to: null, symbols: null })).toEqual({ id: 'demo', symbols: ['BTCUSD'], from: null });
});
