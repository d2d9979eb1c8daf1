/**
 * Every message the platform sends to a screen, as one union.
 *
 * Times are UTC microseconds. Money and quantities are decimal text, exact; prices of the market are numbers.
 */
export type Decimal = string;
export type Micros = number;

export interface SessionState {
  session_id: string;
  mode: 'backtest' | 'paper' | 'live';
  status: 'starting' | 'running' | 'paused' | 'stopping' | 'stopped' | 'failed';
  symbols: string[];
  acceleration: 'max' | number;
  /** The budget at the start. */
  cash: Decimal;
  data: string;
  fill_rules: {
    model: 'any' | 'bar' | 'trade' | 'quote' | 'book';
    slippage: string;
    latency: string;
    limits: 'touch' | 'through';
  };
  account: AccountRules;
  risk: RiskLimits;
  /** The session's own time; null until its first event. */
  clock: Micros | null;
  started_at: Micros;
  ended_at: Micros | null;
  error: string | null;
  strategies: StrategyInstance[];
  /** Why strategies are called no more, by instance. */
  suspended: Record<string, string>;
  summary: SessionSummary | null;
}

export interface StrategyInstance {
  instance: string;
  strategy: string;
  /** SHA-256 of the script. */
  version: string;
  parameters: Record<string, unknown>;
  streams: Stream[];
  indicators: IndicatorPlan[];
  /** Where the session chose that of stream `main`. */
  main_interval: string | null;
}

export interface Stream {
  name: string;
  symbol: string;
  kind: 'bars' | 'trades' | 'quotes' | 'book';
  /** Null for what is not of bars. */
  interval: string | null;
}

export interface IndicatorPlan {
  name: string;
  use: string;
  /** `price` draws over the candles, another name in a pane of that name, empty not at all. */
  plot: string;
  symbol: string;
  interval: string | null;
  outputs: string[];
}

export interface AccountRules {
  cost_basis: 'average' | 'fifo';
  /** Null when every position is backed in full. */
  margin: {
    leverage: Decimal;
    maintenance: { rate: Decimal; deduction: Decimal; basis: 'mark' | 'entry' };
    liquidation_fee: Decimal;
    funding: { rate: Decimal; every: string } | null;
  } | null;
  /** What budget, cash and equity are in. */
  currency: string | null;
}

/** Null for those that do not hold. */
export interface RiskLimits {
  order_notional: Decimal | null;
  position_notional: Decimal | null;
  open_orders: number | null;
  orders_per_minute: number | null;
  collar_percent: Decimal | null;
  leverage: Decimal | null;
  strategy_notional: Decimal | null;
  daily_loss: RiskStop | null;
  drawdown_percent: RiskStop | null;
  losing_streak: { losses: number; minutes: number; action: RiskAction } | null;
}

export interface RiskStop {
  limit: Decimal;
  action: RiskAction;
}

export type RiskAction = 'block' | 'cancel' | 'close';

export interface SessionSummary {
  closed_trades: number;
  wins: number;
  open_at_end: boolean;
  signals: number;
  orders: number;
  refused: number;
  fills: number;
  fees: Decimal;
  /** Received; below zero when paid. */
  funding: Decimal;
  /** Positions that were closed by force. */
  liquidations: number;
  net: Decimal;
  final_equity: Decimal;
  /** Share of the peak, zero or below; null when there is none to tell. */
  max_drawdown: number | null;
}

export interface Account {
  time: Micros;
  cash: Decimal;
  equity: Decimal;
  realised: Decimal;
  unrealised: Decimal;
  fees: Decimal;
  funding: Decimal;
  /** What makes up the cash, by currency and in it. */
  balances: Record<string, Decimal>;
}

export interface Tick {
  symbol: string;
  time: Micros;
  price: number;
  amount: number;
  /** Wall clock of the platform when it had the trade, or when a replay let it go; null where nobody can tell. */
  received_at: Micros | null;
}

export interface Candle {
  symbol: string;
  interval: string;
  open_time: Micros;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  closed: boolean;
}

export interface IndicatorReading {
  strategy: string;
  symbol: string;
  interval: string;
  open_time: Micros;
  /** By indicator, then by output; null while it warms up. */
  values: Record<string, Record<string, number | null>>;
}

export interface Signal {
  session_id: string;
  signal_id: string;
  seq: number;
  time: Micros;
  strategy: string;
  symbol: string;
  name: string;
  reason: string;
  values: Record<string, number | null>;
  /** The person who acted by hand on behalf of the strategy; null when nobody did. */
  by: string | null;
}

export interface Order {
  session_id: string;
  order_id: string;
  signal_id: string;
  strategy: string;
  symbol: string;
  side: Side;
  type: 'market' | 'limit' | 'stop' | 'stop_limit' | 'trailing_stop' | 'take_profit';
  quantity: Decimal;
  limit_price: Decimal | null;
  trigger_price: Decimal | null;
  /** Distance of a trailing stop: in quote currency or in percent. */
  trail_offset: Decimal | null;
  trail_percent: Decimal | null;
  time_in_force: 'gtc' | 'ioc' | 'fok' | 'gtd' | 'day';
  expires_at: Micros | null;
  post_only: boolean;
  reduce_only: boolean;
  /** The order whose fill it waits for. */
  parent_id: string | null;
  /** Shared by orders of which only one may fill. */
  group_id: string | null;
  /** Pending: waits for the fill of its parent. */
  status:
    | 'pending'
    | 'working'
    | 'triggered'
    | 'partially_filled'
    | 'filled'
    | 'cancelled'
    | 'refused'
    | 'expired';
  filled_quantity: Decimal;
  /** Price times quantity of what was filled. */
  filled_notional: Decimal;
  average_price: Decimal | null;
  placed_seq: number;
  placed_time: Micros;
  version: number;
}

export interface OrderChange {
  event:
    | 'accepted'
    | 'refused'
    | 'activated'
    | 'triggered'
    | 'filled'
    | 'amended'
    | 'amend_refused'
    | 'cancelled'
    | 'cancel_refused'
    | 'expired';
  /** The rule that refused, and why it was refused, cancelled or expired, for people. */
  rule: string | null;
  reason: string | null;
  /** The person who changed or cancelled it by hand; null when nobody did. */
  by: string | null;
  order: Order;
}

export type Side = 'buy' | 'sell';

export interface Fill {
  session_id: string;
  fill_id: string;
  order_id: string;
  signal_id: string;
  position_id: string;
  strategy: string;
  symbol: string;
  seq: number;
  time: Micros;
  side: Side;
  price: Decimal;
  quantity: Decimal;
  fee: Decimal;
  maker: boolean;
}

export interface Position {
  session_id: string;
  position_id: string;
  signal_id: string;
  strategy: string;
  symbol: string;
  direction: 1 | -1;
  /** Zero or above. */
  quantity: Decimal;
  average_price: Decimal | null;
  cost: Decimal;
  realised: Decimal;
  fees: Decimal;
  /** Of `fees`, those of the entries. */
  entry_fees: Decimal;
  /** Received for being held; below zero when paid. */
  funding: Decimal;
  /** Of everything that entered it, and of everything that left it. */
  entry_quantity: Decimal;
  entry_notional: Decimal;
  exit_notional: Decimal;
  /** 1 when it is backed in full. */
  leverage: Decimal;
  /** At which it is closed by force; null when it never is. */
  liquidation_price: Decimal | null;
  opened_time: Micros;
  closed_time: Micros | null;
  version: number;
}

export interface LogLine {
  session_id: string;
  seq: number;
  time: Micros;
  /** Tells apart the lines of one `seq`. */
  index: number;
  strategy: string;
  level: string;
  text: string;
}

/** Raised by a strategy. */
export interface StrategyAlert {
  session_id: string;
  seq: number;
  time: Micros;
  index: number;
  strategy: string;
  level: 'info' | 'warn' | 'error';
  text: string;
}

/** A number that a strategy follows. */
export interface Metric {
  session_id: string;
  seq: number;
  time: Micros;
  index: number;
  strategy: string;
  name: string;
  value: number | null;
}

/** A point of a line that a strategy draws, or a marker with a text. */
export interface PlotPoint {
  session_id: string;
  seq: number;
  time: Micros;
  index: number;
  strategy: string;
  pane: string;
  series: string;
  value: number | null;
  text: string | null;
}

/** Something was done to a running strategy. */
export interface StrategyStatus {
  session_id: string;
  seq: number;
  time: Micros;
  index: number;
  strategy: string;
  kind: 'suspended' | 'reloaded' | 'parameters' | 'command';
  detail: string;
}

/** A rule of risk turned an order down, stopped trading, or let it go on. */
export interface RiskAlert {
  session_id: string;
  seq: number;
  time: Micros;
  /** Tells apart the alerts of one `seq`. */
  index: number;
  rule: string;
  action: RiskAction;
  level: 'info' | 'warn' | 'error';
  strategy: string | null;
  signal_id: string | null;
  order_id: string | null;
  limit: Decimal | null;
  value: Decimal | null;
  text: string;
  acknowledged_at: Micros | null;
  acknowledged_by: string | null;
}

/** What a position paid or received for being held. */
export interface FundingPaid {
  session_id: string;
  seq: number;
  time: Micros;
  rate: Decimal;
  notional: Decimal;
  amount: Decimal;
  due_time: Micros;
  position: Position;
}

/** How far a backtest has come; what cannot be known is null. */
export interface BacktestProgress {
  /** The time within the run. */
  clock: Micros | null;
  /** Of its first event, and the end of its data. */
  start_time: Micros | null;
  end_time: Micros | null;
  /** Of the work, 0 to 1. */
  fraction: number | null;
  /** Of late, times real time. */
  speed: number | null;
  /** Of the wall clock, at that speed. */
  remaining_millis: number | null;
  acceleration: 'max' | number;
  cancelled: boolean;
}

/** What became of a backtest. */
export interface BacktestOutcome {
  /** Ended by somebody before its data were at their end. */
  cancelled: boolean;
  error: string | null;
  summary: SessionSummary | null;
}

/** What a screen needs to begin; messages with a higher `seq` continue it. */
export interface Snapshot {
  seq: number;
  session: SessionState;
  candles: Candle[];
  indicators: IndicatorReading[];
  signals: Signal[];
  orders: OrderChange[];
  fills: Fill[];
  positions: Position[];
  account: Account | null;
  log: LogLine[];
  alerts: StrategyAlert[];
  metrics: Metric[];
  plots: PlotPoint[];
  strategy_events: StrategyStatus[];
  risk_alerts: RiskAlert[];
}

/** A timer; milliseconds of the last two minutes. */
export interface SystemTimes {
  /** Since the start. */
  count: number;
  p50_ms: number;
  p95_ms: number;
  p99_ms: number;
  max_ms: number;
}

export interface SystemCount {
  count: number;
}

/** How the platform itself is, from its meters. */
export interface SystemHealth {
  phase: 'starting' | 'up' | 'stopping';
  uptime_seconds: number | null;
  verticles: { name: string; up: boolean }[];
  stages: (SystemTimes & { stage: string })[];
  callbacks: (SystemTimes & { strategy: string })[];
  /** Since the start, by the way they took; backtests in one thread count when they have ended. */
  inputs: { wiring: 'bus' | 'thread'; count: number }[];
  feeds: { session_id: string; symbols: string[]; seq: number; clock: Micros; age_seconds: number }[];
  /** What hears an exchange at this moment, sessions and data collections. */
  exchange: {
    session_id: string;
    data: string;
    connections: number;
    connected: number;
    reconnects: number;
    renewals: number;
    gaps: number;
    missed: number;
    symbols: { symbol: string; age_seconds: number; connected: boolean; silent: boolean }[];
  }[];
  sessions: number;
  loops: (SystemTimes & { loop: string })[];
  jvm: {
    heap_used: number | null;
    heap_committed: number | null;
    heap_max: number;
    threads: number | null;
    processors: number;
    cpu: number | null;
  };
  queues: { queue: string; depth: number }[];
  dropped: (SystemCount & { queue: string })[];
  database: {
    /** Why it did not answer. */
    problem: string | null;
    server: string | null;
    schema: string | null;
    bytes: number | null;
    pool_size: number | null;
    answer_ms: number | null;
    in_use: number | null;
    waiting: number | null;
    /** What waits on disk while the database is away. */
    journal: {
      level: 'written' | 'journalled' | 'held' | 'full';
      problem: string | null;
      records: number | null;
      bytes: number | null;
      age_seconds: number | null;
    };
    batches: (SystemTimes & { kind: string })[];
    failed: (SystemCount & { kind: string })[];
    rows: (SystemCount & { table: string })[];
  };
  clients: number | null;
  cut_off: number | null;
  log: { warnings: number; errors: number };
}

/** A data collection, as far as it has come. */
export interface RecordingState {
  status: 'starting' | 'running' | 'stopping' | 'stopped' | 'failed';
  symbols: string[];
  streams: ('trades' | 'quotes' | 'books' | 'bars')[];
  data: string;
  acceleration: 'max' | number;
  /** Time of the latest event. */
  clock: Micros | null;
  rows: number;
  /** How much of the data, from 0 to 1. */
  consumed: number;
  started_at: Micros;
  ended_at: Micros | null;
  error: string | null;
}

interface DataOf {
  'session.state': SessionState;
  /** The session is there no more; nothing follows. */
  'session.deleted': Record<string, never>;
  account: Account;
  tick: Tick;
  candle: Candle;
  indicator: IndicatorReading;
  signal: Signal;
  order: OrderChange;
  fill: Fill;
  position: Position;
  log: LogLine;
  alert: StrategyAlert;
  metric: Metric;
  plot: PlotPoint;
  'strategy.status': StrategyStatus;
  'risk.alert': RiskAlert;
  funding: FundingPaid;
  'backtest.progress': BacktestProgress;
  'backtest.done': BacktestOutcome;
  'backtest.failed': BacktestOutcome;
  'system.health': SystemHealth;
  'recording.state': RecordingState;
}

interface Envelope<T extends string, D> {
  type: T;
  /** Counts the messages of one address, by exactly one. */
  seq: number;
  ts: Micros;
  sessionId: string;
  data: D;
}

export type Message = { [T in keyof DataOf]: Envelope<T, DataOf[T]> }[keyof DataOf];

/** A message of a newer platform: it keeps its place in the sequence and is reported. */
export type UnknownMessage = Envelope<'unknown', { type: string }>;

export type Incoming = Message | UnknownMessage;

const KNOWN: Record<Message['type'], true> = {
  'session.state': true,
  'session.deleted': true,
  account: true,
  tick: true,
  candle: true,
  indicator: true,
  signal: true,
  order: true,
  fill: true,
  position: true,
  log: true,
  alert: true,
  metric: true,
  plot: true,
  'strategy.status': true,
  'risk.alert': true,
  funding: true,
  'backtest.progress': true,
  'backtest.done': true,
  'backtest.failed': true,
  'system.health': true,
  'recording.state': true,
};

/** Checks the envelope of a message; its data are the platform's promise. */
export function readMessage(body: unknown): Incoming {
  const { type, seq, ts, sessionId, data } = (body ?? {}) as Partial<Envelope<string, unknown>>;
  if (typeof type !== 'string' || typeof seq !== 'number' || typeof data !== 'object' || data === null) {
    throw new TypeError(`a message needs type, seq and data, was ${JSON.stringify(body).slice(0, 200)}`);
  }
  if (Object.hasOwn(KNOWN, type)) return body as Message;
  return { type: 'unknown', seq, ts: ts ?? 0, sessionId: sessionId ?? '', data: { type } };
}

/** Makes the compiler prove that a `switch` covers its union. */
export function unreachable(value: never): never {
  throw new Error(`case not covered: ${JSON.stringify(value)}`);
}
