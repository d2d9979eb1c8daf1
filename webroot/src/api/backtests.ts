import type { BacktestProgress, Candle, Decimal, Micros, SessionSummary } from '../messages';
import { getJson, patchJson, postJson } from './http';
import type { ParameterValue } from './sessions';

export interface DataSet {
  /** `demo`, `file:NAME` or `recording:SESSION`. */
  id: string;
  content: 'trades' | 'bars' | 'messages' | null;
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

export interface BacktestStrategy {
  instance: string;
  strategy: string;
  /** Null when it is not kept. */
  version: number | null;
  interval: string | null;
  parameters: Record<string, ParameterValue>;
}

export interface Backtest {
  session_id: string;
  status: 'starting' | 'running' | 'stopping' | 'stopped' | 'failed';
  /** Ended before its data were. */
  cancelled: boolean;
  strategies: BacktestStrategy[];
  symbols: string[];
  data: string;
  from: Micros | null;
  to: Micros | null;
  budget: Decimal;
  acceleration: 'max' | number;
  started_at: Micros;
  ended_at: Micros | null;
  error: string | null;
  summary: SessionSummary | null;
  progress: BacktestProgress;
}

/** A number, or why there is none. */
export interface Figure {
  value: number | null;
  reason: string | null;
}

export interface TradeFigures {
  count: number;
  wins: number;
  losses: number;
  net: Decimal;
  fees: Decimal;
  win_rate: Figure;
  profit_factor: Figure;
  payoff: Figure;
  expectancy: Figure;
  average_win: Figure;
  average_loss: Figure;
  best: Figure;
  worst: Figure;
  longest_win_streak: number;
  longest_loss_streak: number;
  average_seconds: Figure;
  average_mae: Figure;
  average_mfe: Figure;
  exposure: Figure;
  turnover: Figure;
}

export interface Performance {
  start_time: Micros;
  end_time: Micros;
  start_equity: Decimal;
  final_equity: Decimal;
  returns: Record<'cagr' | 'sharpe' | 'sortino' | 'calmar' | 'volatility', Figure>;
  all_trades: TradeFigures;
  long_trades: TradeFigures;
  short_trades: TradeFigures;
}

export interface ResultPoint {
  time: Micros;
  equity: number;
  drawdown: number;
  benchmark: number | null;
  win_rate: number | null;
}

export interface ClosedTrade {
  position_id: string;
  strategy: string;
  symbol: string;
  direction: 1 | -1;
  quantity: Decimal;
  entry_time: Micros;
  exit_time: Micros;
  entry_price: Decimal;
  exit_price: Decimal;
  fees: Decimal;
  net: Decimal;
  change: number;
}

export type ResultBar = Pick<Candle, 'open_time' | 'open' | 'high' | 'low' | 'close' | 'volume'>;

export interface ResultBars {
  symbol: string;
  interval: string;
  bars: ResultBar[];
}

export interface BacktestResult {
  backtest: Backtest;
  performance: Performance;
  points: ResultPoint[];
  trades: ClosedTrade[];
  /** Null when the data cannot be read any more. */
  candles: ResultBars | null;
  candles_problem: string | null;
}

export interface ComparedFigures {
  net: Decimal | null;
  change: number | null;
  max_drawdown: number | null;
  trades: number | null;
  win_rate: number | null;
  profit_factor: number | null;
  sharpe: number | null;
  fees: Decimal | null;
}

interface TradesApart {
  count: number;
  trades: ClosedTrade[];
}

export interface Difference {
  session_id: string;
  figures: ComparedFigures;
  added: TradesApart;
  lost: TradesApart;
}

export interface Comparison {
  backtests: { backtest: Backtest; figures: ComparedFigures }[];
  /** Of all but the first, less the first. */
  differences: Difference[];
}

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

  result: (id: string): Promise<BacktestResult> => getJson(`${path(id)}/result`),

  candles: (id: string, interval: string, symbol: string, from: Micros, to: Micros): Promise<ResultBars> =>
    getJson(
      `${path(id)}/candles?interval=${interval}&symbol=${encodeURIComponent(symbol)}` +
        `&from=${Math.floor(from)}&to=${Math.ceil(to)}`,
    ),

  compare: (ids: readonly string[]): Promise<Comparison> =>
    getJson(`/api/backtests/compare?${ids.map((id) => `session_id=${id}`).join('&')}`),
};

export type BacktestsApi = typeof backtestsApi;
