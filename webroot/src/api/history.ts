import type { BacktestProgress, Candle, Decimal, Micros, SessionState, SessionSummary } from '../messages';
import { deleteJson, getJson, postJson } from './http';
import type { ParameterValue } from './sessions';

export interface SessionStrategy {
  instance: string;
  strategy: string;
  /** Null when it is not kept. */
  version: number | null;
  interval: string | null;
  parameters: Record<string, ParameterValue>;
}

/** A session as the platform keeps it. */
export interface StoredSession {
  session_id: string;
  mode: SessionState['mode'];
  status: SessionState['status'];
  /** A backtest that ended before its data did. */
  cancelled: boolean;
  strategies: SessionStrategy[];
  symbols: string[];
  data: string;
  from: Micros | null;
  to: Micros | null;
  budget: Decimal;
  acceleration: 'max' | number;
  fill_rules: SessionState['fill_rules'];
  account: SessionState['account'];
  risk: SessionState['risk'];
  clock: Micros | null;
  started_at: Micros;
  ended_at: Micros | null;
  error: string | null;
  summary: SessionSummary | null;
  /** Of a backtest; null for any other session. */
  progress: BacktestProgress | null;
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

export interface SessionResult {
  session: StoredSession;
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
  sessions: { session: StoredSession; figures: ComparedFigures }[];
  /** Of all but the first, less the first. */
  differences: Difference[];
}

/** What a session left behind, list by list. */
export const KINDS = ['signals', 'orders', 'fills', 'positions', 'equity', 'risk-alerts', 'alerts', 'log'] as const;

export type Kind = (typeof KINDS)[number];

/** A row as the database has it: by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

const path = (id: string): string => `/api/sessions/${id}`;

const LISTS: Record<Kind, string> = {
  signals: '/api/trading/signals',
  orders: '/api/trading/orders',
  fills: '/api/trading/fills',
  positions: '/api/trading/positions',
  equity: '/api/trading/equity',
  'risk-alerts': '/api/risk/alerts',
  alerts: '/api/trading/alerts',
  log: '/api/trading/log',
};

/** The calls about sessions that were, and those that are. */
/** Whether a session decides the same again from the inputs that it recorded. */
export interface ParityProof {
  inputs: number;
  /** Inputs before the first thing that was done by hand. */
  compared: number;
  intervention: string | null;
  decisions: number;
  matched: number;
  percent: Decimal;
  difference: {
    kind: string;
    seq: number;
    session: Row | null;
    again: Row | null;
  } | null;
}

export const historyApi = {
  list: (mode: SessionState['mode'] | null, cursor: string | null): Promise<Page<StoredSession>> => {
    const query = new URLSearchParams();
    if (mode !== null) query.set('mode', mode);
    if (cursor !== null) query.set('cursor', cursor);
    return getJson(`/api/sessions?${query.toString()}`);
  },

  get: (id: string): Promise<StoredSession> => getJson(path(id)),

  parity: (id: string): Promise<ParityProof> => getJson(`${path(id)}/parity`),

  result: (id: string): Promise<SessionResult> => getJson(`${path(id)}/result`),

  candles: (id: string, interval: string, symbol: string, from: Micros, to: Micros): Promise<ResultBars> =>
    getJson(
      `${path(id)}/candles?interval=${interval}&symbol=${encodeURIComponent(symbol)}` +
        `&from=${Math.floor(from)}&to=${Math.ceil(to)}`,
    ),

  compare: (ids: readonly string[]): Promise<Comparison> =>
    getJson(`/api/sessions/compare?${ids.map((id) => `session_id=${id}`).join('&')}`),

  rows: (kind: Kind, id: string, cursor: string | null): Promise<Page<Row>> =>
    getJson(`${LISTS[kind]}?session_id=${id}&limit=500${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`),

  remove: (id: string): Promise<unknown> => deleteJson(path(id)),

  pause: (id: string, paused: boolean): Promise<StoredSession> => postJson(`${path(id)}/${paused ? 'pause' : 'resume'}`, {}),
};

/** Of all rows of one kind, as a file. */
export const exportPath = (id: string, kind: Kind, format: 'csv' | 'json'): string =>
  `${path(id)}/export?kind=${kind.replace('-', '_')}&format=${format}`;
