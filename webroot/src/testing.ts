import type { Candle, Fill, IndicatorReading, OrderChange, Position, SessionState, Signal, Snapshot } from './messages';

/** Things as the platform sends them, for tests: each with what the test says of it. */
export const MINUTE = 60_000_000;

export const sessionState = (change: Partial<SessionState> = {}): SessionState => ({
  session_id: 'bt_1',
  mode: 'backtest',
  status: 'running',
  symbols: ['BTCUSD'],
  acceleration: 60,
  cash: '100000',
  data: 'demo',
  fill_rules: { model: 'any', slippage: 'none', latency: 'none', limits: 'touch' },
  account: { cost_basis: 'average', margin: null, currency: 'USD' },
  risk: {},
  clock: null,
  started_at: 1,
  ended_at: null,
  error: null,
  strategies: [
    {
      instance: 'ema-cross',
      strategy: 'ema-cross',
      version: '1',
      parameters: {},
      streams: [{ name: 'main', symbol: 'BTCUSD', kind: 'bars', interval: '1m' }],
      indicators: [],
    },
  ],
  summary: null,
  ...change,
});

export const snapshot = (change: Partial<Snapshot> = {}): Snapshot => ({
  seq: 0,
  session: sessionState(),
  candles: [],
  indicators: [],
  signals: [],
  orders: [],
  fills: [],
  positions: [],
  account: null,
  log: [],
  alerts: [],
  metrics: [],
  plots: [],
  strategy_events: [],
  risk_alerts: [],
  ...change,
});

/** @param minute since 1970 in which it opened */
export const candle = (minute: number, close: number, change: Partial<Candle> = {}): Candle => ({
  symbol: 'BTCUSD',
  interval: '1m',
  open_time: minute * MINUTE,
  open: close,
  high: close,
  low: close,
  close,
  volume: 1,
  closed: true,
  ...change,
});

export const reading = (minute: number, fast: number | null): IndicatorReading => ({
  strategy: 'ema-cross',
  symbol: 'BTCUSD',
  interval: '1m',
  open_time: minute * MINUTE,
  values: { fast: { value: fast } },
});

export const signalRaised = (id: string): Signal => ({
  session_id: 'bt_1',
  signal_id: id,
  seq: 1,
  time: MINUTE,
  strategy: 'ema-cross',
  symbol: 'BTCUSD',
  name: 'long',
  reason: 'fast crossed above slow',
  values: {},
  by: null,
});

export const orderChange = (version: number, change: Partial<OrderChange> = {}): OrderChange => ({
  event: 'accepted',
  rule: null,
  reason: null,
  by: null,
  order: {
    session_id: 'bt_1',
    order_id: 'ord_1',
    signal_id: 'sig_1',
    strategy: 'ema-cross',
    symbol: 'BTCUSD',
    side: 'buy',
    type: 'market',
    quantity: '0.5',
    limit_price: null,
    trigger_price: null,
    trail_offset: null,
    trail_percent: null,
    time_in_force: 'gtc',
    expires_at: null,
    post_only: false,
    reduce_only: false,
    parent_id: null,
    group_id: null,
    status: 'working',
    filled_quantity: '0',
    average_price: null,
    placed_seq: 1,
    placed_time: MINUTE,
    version,
  },
  ...change,
});

export const fill = (id: string, time: number, change: Partial<Fill> = {}): Fill => ({
  session_id: 'bt_1',
  fill_id: id,
  order_id: 'ord_1',
  signal_id: 'sig_1',
  position_id: 'pos_1',
  strategy: 'ema-cross',
  symbol: 'BTCUSD',
  seq: 1,
  time,
  side: 'buy',
  price: '100',
  quantity: '0.5',
  fee: '0.05',
  maker: false,
  ...change,
});

export const position = (change: Partial<Position> = {}): Position => ({
  session_id: 'bt_1',
  position_id: 'pos_1',
  signal_id: 'sig_1',
  strategy: 'ema-cross',
  symbol: 'BTCUSD',
  direction: 1,
  quantity: '0.5',
  average_price: '100',
  cost: '50',
  realised: '0',
  fees: '0.05',
  funding: '0',
  leverage: '1',
  liquidation_price: null,
  opened_time: MINUTE,
  closed_time: null,
  version: 1,
  ...change,
});
