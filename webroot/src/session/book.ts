import {
  unreachable,
  type Account,
  type Candle,
  type Fill,
  type IndicatorReading,
  type LogLine,
  type Message,
  type Metric,
  type Micros,
  type OrderChange,
  type Position,
  type RiskAlert,
  type SessionState,
  type Signal,
  type Snapshot,
  type StrategyAlert,
  type StrategyStatus,
} from '../messages';
import { Latest } from './latest';
import { TimeSeries } from './timeSeries';

export const streamKey = (symbol: string, interval: string | null): string => `${symbol} ${interval ?? 'trades'}`;
const readingKey = (strategy: string, stream: string): string => `${strategy} ${stream}`;

/** Rules that hold until somebody says otherwise. */
const RELEASABLE = new Set(['kill-switch', 'drawdown']);
export const noteKey = ({ seq, index }: { seq: number; index: number }): string => `${seq}.${index}`;

/**
 * All that the screen knows of one session: a snapshot, and every message since.
 *
 * Changed in place, because a replay at full speed brings thousands of messages a second; the screen looks at it
 * once a frame. One writer: the {@link SessionFollower}.
 */
export class SessionBook {
  session: SessionState;
  account: Account | null = null;
  /** Highest equity seen, which drawdown is measured from. */
  peakEquity: number;
  readonly signals = new Latest<Signal>();
  readonly orders = new Latest<OrderChange>();
  /** What became of a signal: its newest order that does not wait for another. */
  readonly orderOfSignal = new Latest<OrderChange>();
  readonly fills = new Latest<Fill>();
  readonly positions = new Latest<Position>();
  readonly log = new Latest<LogLine>();
  readonly alerts = new Latest<StrategyAlert>();
  readonly riskAlerts = new Latest<RiskAlert>();
  readonly statuses = new Latest<StrategyStatus>();
  /** The latest value of each. */
  readonly metrics = new Latest<Metric>();
  private readonly candles = new Map<string, TimeSeries<Candle>>();
  private readonly readings = new Map<string, TimeSeries<IndicatorReading>>();
  private readonly prices = new Map<string, { time: Micros; price: number }>();
  private clockTime: Micros | null;
  /** What stopped trading last, or let it go on. */
  private lastStop: RiskAlert | null = null;

  /** @param peakEquity seen before the snapshot, in this screen */
  constructor(snapshot: Snapshot, peakEquity = 0) {
    this.session = snapshot.session;
    this.clockTime = snapshot.session.clock;
    this.peakEquity = Math.max(peakEquity, Number(snapshot.session.cash));
    snapshot.candles.forEach((candle) => this.onCandle(candle));
    snapshot.indicators.forEach((reading) => this.onIndicator(reading));
    snapshot.signals.forEach((signal) => this.signals.put(signal.signal_id, signal));
    snapshot.orders.forEach((change) => this.onOrder(change));
    snapshot.fills.forEach((fill) => this.fills.put(fill.fill_id, fill));
    snapshot.positions.forEach((position) => this.onPosition(position));
    snapshot.log.forEach((line) => this.onLog(line));
    snapshot.alerts.forEach((alert) => this.onAlert(alert));
    snapshot.metrics.forEach((metric) => this.onMetric(metric));
    snapshot.strategy_events.forEach((status) => this.onStatus(status));
    snapshot.risk_alerts.forEach((alert) => this.onRiskAlert(alert));
    if (snapshot.account) this.onAccount(snapshot.account);
  }

  apply(message: Message): void {
    switch (message.type) {
      case 'session.state':
        this.session = message.data;
        if (message.data.clock !== null) this.passTime(message.data.clock);
        break;
      case 'account':
        this.onAccount(message.data);
        break;
      case 'tick':
        this.onPrice(message.data.symbol, message.data.time, message.data.price);
        this.passTime(message.data.time);
        break;
      case 'candle':
        this.onCandle(message.data);
        break;
      case 'indicator':
        this.onIndicator(message.data);
        break;
      case 'signal':
        this.signals.put(message.data.signal_id, message.data);
        break;
      case 'order':
        this.onOrder(message.data);
        break;
      case 'fill':
        this.fills.put(message.data.fill_id, message.data);
        break;
      case 'position':
        this.onPosition(message.data);
        break;
      case 'log':
        this.onLog(message.data);
        break;
      case 'alert':
        this.onAlert(message.data);
        break;
      case 'metric':
        this.onMetric(message.data);
        break;
      case 'strategy.status':
        this.onStatus(message.data);
        break;
      case 'risk.alert':
        this.onRiskAlert(message.data);
        break;
      case 'plot':
      case 'funding':
        break; // not drawn; the position of a payment comes by itself
      case 'backtest.progress':
      case 'backtest.done':
      case 'backtest.failed':
      case 'session.deleted':
        break; // for the lists of sessions
      case 'system.health':
        break; // of the platform, not of a session
      case 'recording.state':
        break; // for the page Data
      default:
        unreachable(message);
    }
  }

  /** Why trading is stopped until somebody releases it; null while it is not. */
  get stoppedBy(): RiskAlert | null {
    return this.lastStop?.level === 'error' ? this.lastStop : null;
  }

  /** What somebody has seen stays seen, whatever an older message says. */
  acknowledged(alert: RiskAlert): void {
    this.riskAlerts.put(noteKey(alert), alert);
  }

  /** The session's time as far as any message has told it. */
  get clock(): Micros | null {
    return this.clockTime;
  }

  candlesOf(stream: string): TimeSeries<Candle> {
    return seriesIn(this.candles, stream);
  }

  readingsOf(strategy: string, stream: string): TimeSeries<IndicatorReading> {
    return seriesIn(this.readings, readingKey(strategy, stream));
  }

  lastPrice(symbol: string): number | null {
    return this.prices.get(symbol)?.price ?? null;
  }

  private onAccount(account: Account): void {
    this.account = account;
    this.peakEquity = Math.max(this.peakEquity, Number(account.equity));
    this.passTime(account.time);
  }

  private onCandle(candle: Candle): void {
    this.candlesOf(streamKey(candle.symbol, candle.interval)).merge(candle);
    this.onPrice(candle.symbol, candle.open_time, candle.close);
  }

  private onIndicator(reading: IndicatorReading): void {
    this.readingsOf(reading.strategy, streamKey(reading.symbol, reading.interval)).merge(reading);
  }

  private onOrder(change: OrderChange): void {
    const { order } = change;
    const known = this.orders.get(order.order_id);
    if (known && known.order.version > order.version) return;
    this.orders.put(order.order_id, change);
    if (order.parent_id === null) this.orderOfSignal.put(order.signal_id, change);
  }

  private onPosition(position: Position): void {
    const known = this.positions.get(position.position_id);
    if (!known || known.version <= position.version) this.positions.put(position.position_id, position);
  }

  private onLog(line: LogLine): void {
    this.log.put(`${line.seq}.${line.index}.${line.strategy}`, line);
  }

  private onAlert(alert: StrategyAlert): void {
    this.alerts.put(noteKey(alert), alert);
  }

  private onMetric(metric: Metric): void {
    this.metrics.put(`${metric.strategy} ${metric.name}`, metric);
  }

  private onStatus(status: StrategyStatus): void {
    this.statuses.put(noteKey(status), status);
  }

  private onRiskAlert(alert: RiskAlert): void {
    const known = this.riskAlerts.get(noteKey(alert));
    if (!known || known.acknowledged_at === null) this.riskAlerts.put(noteKey(alert), alert);
    const last = this.lastStop;
    const isNewer = !last || alert.seq > last.seq || (alert.seq === last.seq && alert.index > last.index);
    if (RELEASABLE.has(alert.rule) && alert.level !== 'warn' && isNewer) this.lastStop = alert;
  }

  private onPrice(symbol: string, time: Micros, price: number): void {
    const known = this.prices.get(symbol);
    if (!known || known.time <= time) this.prices.set(symbol, { time, price });
  }

  private passTime(time: Micros): void {
    this.clockTime = Math.max(this.clockTime ?? time, time);
  }
}

function seriesIn<T extends { open_time: Micros }>(all: Map<string, TimeSeries<T>>, key: string): TimeSeries<T> {
  let series = all.get(key);
  if (!series) all.set(key, (series = new TimeSeries<T>()));
  return series;
}
