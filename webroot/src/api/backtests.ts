import type { BacktestProgress, Decimal, Micros } from '../messages';
import type { Comparison, SessionResult, StoredSession } from './history';
import { getJson, patchJson, postJson } from './http';
import type { ParameterValue } from './sessions';

export interface DataSet {
  /** `demo`, `file:NAME` or `recording:SESSION`. */
  id: string;
  content: 'trades' | 'bars' | 'quotes' | 'books' | 'messages' | null;
  symbols: string[] | null;
  interval: string | null;
  /** Times of the first and the last event, where they are known. */
  from: Micros | null;
  to: Micros | null;
  rows: number | null;
  about: string;
  /** Why it cannot be used. */
  problem: string | null;
}

export interface StartBacktest {
  strategy: string;
  /** Left out for the latest. */
  version?: number;
  parameters: Record<string, ParameterValue>;
  symbols: string[];
  data: string;
  from?: Micros;
  /** Not part of the range. */
  to?: Micros;
  interval?: string;
  budget: Decimal;
  acceleration: 'max' | number;
}

/** A session of mode backtest. */
export type Backtest = StoredSession & { progress: BacktestProgress };

interface BacktestPage {
  items: Backtest[];
  next_cursor: string | null;
}

const path = (id: string): string => `/api/backtests/${id}`;

/** The calls about backtests, as one value: a test puts its own in their place. */
export const backtestsApi = {
  dataSets: async (): Promise<DataSet[]> => (await getJson<{ data_sets: DataSet[] }>('/api/data-sets')).data_sets,

  start: (order: StartBacktest): Promise<Backtest> => postJson('/api/backtests', order),

  list: (cursor?: string): Promise<BacktestPage> =>
    getJson(`/api/backtests${cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`}`),

  get: (id: string): Promise<Backtest> => getJson(path(id)),

  pace: (id: string, acceleration: 'max' | number): Promise<Backtest> => patchJson(path(id), { acceleration }),

  cancel: (id: string): Promise<unknown> => postJson(`${path(id)}/cancel`, {}),

  result: (id: string): Promise<SessionResult> => getJson(`${path(id)}/result`),

  compare: (ids: readonly string[]): Promise<Comparison> =>
    getJson(`/api/backtests/compare?${ids.map((id) => `session_id=${id}`).join('&')}`),
};

export type BacktestsApi = typeof backtestsApi;
