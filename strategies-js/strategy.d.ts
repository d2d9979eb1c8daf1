/**
 * The types of a strategy: what a script exports and what `ctx` offers.
 *
 * An editor that knows TypeScript checks a plain JavaScript file against them when it begins with
 *
 * ```js
 * // @ts-check
 * /// <reference path="./strategy.d.ts" />
 * ```
 *
 * and its callbacks say what they take: `@param {Context} ctx`. Prices are in quote currency, sizes in base
 * currency, times in milliseconds since 1970 (UTC) with microseconds as a fraction.
 */

/** What `export const meta` says. */
interface Meta {
  /** Name for people; the file's name is what the platform goes by. */
  name: string;
  /** Version of this API: 1. */
  api: number;
}

/**
 * What `export const params` declares, by name; the form, the optimiser and live edits go by it.
 * @example
 * /** @satisfies {ParameterDeclarations} *\/
 * export const params = { fast: { type: 'int', default: 12, min: 5, max: 50 } };
 */
type ParameterDeclarations = Record<string, Parameter>;

type Parameter =
  | NumberParameter
  | BoolParameter
  | ChoiceParameter
  | StringParameter;

/** @example { type: 'float', default: 0.01, min: 0.001, max: 0.05, step: 0.001, live: true } */
interface NumberParameter {
  type: 'int' | 'float';
  default: number;
  /** Smallest value allowed. */
  min?: number;
  /** Largest value allowed. */
  max?: number;
  /** Values are `min` (or 0) and whole steps from there. */
  step?: number;
  /** May change while the strategy runs; `ctx.params` then shows the new value. */
  live?: boolean;
  /** For the form. */
  description?: string;
}

/** @example { type: 'bool', default: true } */
interface BoolParameter {
  type: 'bool';
  default: boolean;
  live?: boolean;
  description?: string;
}

/** @example { type: 'choice', options: ['ema', 'sma'], default: 'ema' } */
interface ChoiceParameter {
  type: 'choice';
  options: (string | number)[];
  default: string | number;
  live?: boolean;
  description?: string;
}

/** @example { type: 'string', default: '' } */
interface StringParameter {
  type: 'string';
  default: string;
  live?: boolean;
  description?: string;
}

/** The values of the parameters, by name. */
type Params = Readonly<Record<string, any>>;

/** What `data` and `indicators` are told about the session. */
interface SessionInfo {
  /** Of the session; the first is meant where none is named. */
  readonly symbols: readonly string[];
  /** Interval of the stream `main`: the session's choice, else `1m`. */
  readonly interval: string;
}

/**
 * One stream of `export const data`.
 * @example ({ main: { bars: '1m' }, trend: { bars: '15m' }, ticks: { trades: true }, other: { bars: '1m', symbol: 'ETHUSD' } })
 */
interface Stream {
  /** Bars of this length: `30s`, `1m`, `4h`, `1d`. */
  bars?: string;
  /** Every trade of the market. */
  trades?: boolean;
  /** Every change of the best bid and ask. */
  quotes?: boolean;
  /** Every change of the order book. */
  book?: boolean;
  /** One of the session's symbols; its first when left out. */
  symbol?: string;
}

/**
 * One indicator of `export const indicators`: computed by the platform, warmed up, drawn.
 * @example { use: 'ema', on: 'main.close', period: 20, plot: 'price' }
 */
interface IndicatorDeclaration {
  /** Name in the registry; docs/indicators.md says what each takes and gives. */
  use: IndicatorName | (string & {});
  /**
   * Stream and field: `main.close`; the stream alone for an indicator of whole bars. The first stream, and of a
   * series its close, when left out. Of `external`, the stream at whose steps it is read and the name under which it is
   * published: `main.mood`.
   */
  on?: string;
  /** `price` draws it over the candles, another word in a pane of that name. */
  plot?: string;
  /** The indicator's own parameters: a number each, or the word of a choice. */
  [parameter: string]: string | number | undefined;
}

/** Every indicator there is. */
type IndicatorName =
  | 'sma'
  | 'ema'
  | 'wma'
  | 'rma'
  | 'dema'
  | 'tema'
  | 'trima'
  | 't3'
  | 'kama'
  | 'hma'
  | 'zlema'
  | 'alma'
  | 'mcginley'
  | 'vidya'
  | 'mama'
  | 'ht-trendline'
  | 'vwma'
  | 'vwap'
  | 'bollinger'
  | 'envelope'
  | 'keltner'
  | 'donchian'
  | 'regression-channel'
  | 'ichimoku'
  | 'supertrend'
  | 'sar'
  | 'chandelier-exit'
  | 'alligator'
  | 'midpoint'
  | 'midprice'
  | 'rsi'
  | 'macd'
  | 'apo'
  | 'ppo'
  | 'stoch'
  | 'stochrsi'
  | 'willr'
  | 'cci'
  | 'cmo'
  | 'mom'
  | 'roc'
  | 'trix'
  | 'ultosc'
  | 'dmi'
  | 'adx'
  | 'adxr'
  | 'aroon'
  | 'aroon-osc'
  | 'bop'
  | 'ao'
  | 'ac'
  | 'tsi'
  | 'kst'
  | 'coppock'
  | 'dpo'
  | 'fisher'
  | 'rvgi'
  | 'connors-rsi'
  | 'vortex'
  | 'elder-ray'
  | 'smi'
  | 'stc'
  | 'wavetrend'
  | 'mfi'
  | 'obv'
  | 'ad'
  | 'pvt'
  | 'adosc'
  | 'cmf'
  | 'force'
  | 'eom'
  | 'nvi'
  | 'pvi'
  | 'klinger'
  | 'relative-volume'
  | 'volume-profile'
  | 'tr'
  | 'atr'
  | 'natr'
  | 'stddev'
  | 'variance'
  | 'bollinger-b'
  | 'bollinger-width'
  | 'historical-volatility'
  | 'parkinson'
  | 'garman-klass'
  | 'rogers-satchell'
  | 'ulcer'
  | 'chaikin-volatility'
  | 'mass-index'
  | 'rvi'
  | 'chop'
  | 'ht-dcperiod'
  | 'ht-phasor'
  | 'ht-dcphase'
  | 'ht-sine'
  | 'ht-trendmode'
  | 'linreg'
  | 'linreg-intercept'
  | 'linreg-slope'
  | 'linreg-angle'
  | 'tsf'
  | 'r-squared'
  | 'standard-error'
  | 'correl'
  | 'beta'
  | 'zscore'
  | 'median'
  | 'percent-rank'
  | 'mean-deviation'
  | 'skewness'
  | 'kurtosis'
  | 'max'
  | 'min'
  | 'sum'
  | 'avgprice'
  | 'medprice'
  | 'typprice'
  | 'wclprice'
  | 'heikin-ashi'
  | 'pivots'
  | 'fractals'
  | 'imbalance'
  | 'microprice'
  | 'book-spread'
  | 'external'
  | 'engulfing'
  | 'doji'
  | 'dragonfly-doji'
  | 'gravestone-doji'
  | 'marubozu'
  | 'spinning-top'
  | 'hammer'
  | 'hanging-man'
  | 'inverted-hammer'
  | 'shooting-star'
  | 'harami'
  | 'piercing'
  | 'dark-cloud-cover'
  | 'morning-star'
  | 'evening-star'
  | 'three-white-soldiers'
  | 'three-black-crows'
  | 'three-inside'
  | 'three-outside';

/** What `export const state` says about `ctx.state`. */
interface StateDeclaration {
  /** Raised whenever the shape of the state changes; 1 when left out. */
  version?: number;
  /** The state at the beginning. */
  init?: (() => object);
  /** Makes the state of an older version into one of this version, at a hot reload. */
  migrate?: ((old: any, from: number) => object);
}

/** A closed bar. */
interface Bar {
  readonly symbol: string;
  /** Its open time. */
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** A trade in the market. */
interface Trade {
  readonly symbol: string;
  readonly time: number;
  readonly price: number;
  readonly amount: number;
}

/** The best bid and ask. */
interface Quote {
  readonly symbol: string;
  readonly time: number;
  readonly bid: number;
  readonly ask: number;
  readonly bidSize: number;
  readonly askSize: number;
}

/** The best 20 levels of each side of the order book, as they stood when the callback was made. */
interface Book {
  readonly symbol: string;
  readonly time: number;
  /** Best price to sell at; NaN when nothing is bid, like everything that is made of it. */
  readonly bid: number;
  /** Best price to buy at. */
  readonly ask: number;
  readonly bidSize: number;
  readonly askSize: number;
  /** Between bid and ask. */
  readonly mid: number;
  readonly spread: number;
  /** The middle weighted by the sizes at bid and ask: near the ask when much is bid. */
  readonly microprice: number;
  /** Best first. */
  readonly bids: readonly Level[];
  /** Best first. */
  readonly asks: readonly Level[];
  /** How much more is bid than asked in the best `depth` levels (1 to 20): from -1 to 1. */
  imbalance(depth: number): number;
}

/** A price of the order book and how much waits there. */
interface Level {
  readonly price: number;
  readonly size: number;
}

type Side = 'BUY' | 'SELL';

type OrderStatus =
  | 'PENDING'
  | 'WORKING'
  | 'TRIGGERED'
  | 'PARTIALLY_FILLED'
  | 'FILLED'
  | 'CANCELLED'
  | 'EXPIRED'
  | 'REJECTED';

/** An order after something happened to it. */
interface Order {
  readonly id: string;
  readonly signalId: string;
  readonly symbol: string;
  readonly side: Side;
  readonly type: string;
  readonly status: OrderStatus;
  readonly size: number;
  readonly filled: number;
  readonly price: number | null;
  readonly trigger: number | null;
  readonly averagePrice: number | null;
  readonly tif: string;
  /** When it expires; null when it does not. */
  readonly expires: number | null;
  readonly postOnly: boolean;
  readonly reduceOnly: boolean;
  /** Id of the order that has to fill before this one works. */
  readonly after: string | null;
  /** Name of the rule that refused it. */
  readonly rule: string | null;
  /** Why it was refused, cancelled or expired. */
  readonly reason: string | null;
}

/** A fill of one of the strategy's orders. */
interface Fill {
  readonly id: string;
  readonly orderId: string;
  readonly signalId: string;
  readonly symbol: string;
  readonly side: Side;
  readonly time: number;
  readonly price: number;
  readonly size: number;
  readonly fee: number;
  readonly maker: boolean;
}

/** A position after a fill changed it. */
interface PositionChange {
  readonly id: string;
  readonly symbol: string;
  /** Below zero when short, zero when it was closed. */
  readonly size: number;
  readonly averagePrice: number | null;
  /** Profit booked so far, before fees. */
  readonly realised: number;
  readonly fees: number;
}

/** A message from the console or another client. */
interface Command {
  readonly name: string;
  readonly data: any;
}

/** What a version takes over from. */
interface Reload {
  /** First digits of the hash of the version before. */
  readonly version: string;
}

/** What the strategy holds of one symbol. */
interface Position {
  readonly flat: boolean;
  readonly long: boolean;
  readonly short: boolean;
  /** Below zero when short. */
  readonly size: number;
  readonly averagePrice: number | null;
}

/** An indicator as of the latest step of its stream; NaN until there is a value. */
interface Indicator {
  /** Its first output. */
  readonly value: number;
  /** The value `n` steps ago, 0 to 255; one step when left out. */
  prev(n?: number): number;
  /** Whether it has risen at each of the last `n` steps; one when left out. */
  rising(n?: number): boolean;
  /** Whether it has fallen at each of the last `n` steps; one when left out. */
  falling(n?: number): boolean;
  /** At the latest step it went from at or below to above. */
  crossedAbove(other: Indicator | number): boolean;
  /** At the latest step it went from at or above to below. */
  crossedBelow(other: Indicator | number): boolean;
  /** Further outputs by name, such as `upper` of `bollinger`. */
  readonly [output: string]: any;
}

/**
 * The closed bars of a stream, at most the latest 1,000. `ago` counts back from 0, the bar that closed last; a bar
 * that is not there reads NaN. What has not closed cannot be read.
 */
interface History {
  readonly length: number;
  time(ago?: number): number;
  open(ago?: number): number;
  high(ago?: number): number;
  low(ago?: number): number;
  close(ago?: number): number;
  volume(ago?: number): number;
  /** The whole bar, null when it is not there. */
  bar(ago?: number): Readonly<Omit<Bar, 'symbol'>> | null;
  /**
   * The latest `n` values of a field, oldest first.
   * @example const highest = Math.max(...ctx.history.main.values('high', 20));
   */
  values(field: 'time' | 'open' | 'high' | 'low' | 'close' | 'volume', n: number): number[];
}

/** A distance: in percent of the price, or in quote currency. */
type Distance = { percent: number } | { offset: number };

/** Exits that become active when the order fills; when one of them fills the other is cancelled. */
interface Bracket {
  /** A price, or a distance from the entry; `trail` follows the price. */
  stopLoss?: number | Distance | { trail: Distance };
  /** A price, a distance from the entry, or `r` times the distance to the stop. */
  takeProfit?: number | Distance | { r: number };
}

/**
 * An order.
 * @example ctx.buy({ size: 1 });
 * @example ctx.buy({ size: 1, price: 100, postOnly: true, tif: 'GTD:2m', bracket: { stopLoss: 95, takeProfit: { r: 2 } } });
 */
interface OrderRequest {
  /** In base currency; rounded down to the lot. */
  size: number;
  /** `limit` if there is a `price`, else `market`, when left out. */
  type?: 'market' | 'limit' | 'stop' | 'stop-limit' | 'trailing-stop' | 'take-profit';
  /** Of `limit` and `stop-limit`; rounded to the tick. */
  price?: number;
  /** Of `stop`, `stop-limit` and `take-profit`. */
  trigger?: number;
  /** Of `trailing-stop`. */
  trail?: Distance;
  /** `GTC`, `IOC`, `FOK`, `DAY`, `GTD:2m`, `GTD:2020-01-31T12:00:00Z` or `GTD:` and milliseconds since 1970. */
  tif?: string;
  /** Limit orders: cancelled rather than take liquidity. */
  postOnly?: boolean;
  /** Only makes a position smaller. */
  reduceOnly?: boolean;
  bracket?: Bracket;
  /** Waits until that order has filled. */
  after?: Ticket | string;
  /** What `ctx.signal` gave. */
  signal?: SignalTicket | string;
  /** The session's first symbol when left out. */
  symbol?: string;
}

/** One order of `ctx.oco`. */
interface OneOfOrders extends OrderRequest {
  side: 'buy' | 'sell';
}

/** What was asked for, as rounded; what becomes of it arrives in `onOrder`. */
interface Ticket {
  readonly id: string;
  readonly signalId: string;
  readonly size: number;
  readonly price: number | null;
  readonly trigger: number | null;
  /** Ids of the exits of its bracket. */
  readonly stopLoss: string | null;
  readonly takeProfit: string | null;
}

/** A signal that was raised. */
interface SignalTicket {
  readonly id: string;
  readonly name: string;
}

/** An order that has not ended, as `ctx.orders()` lists it. */
type OpenOrder = Pick<
  Order,
  'id' | 'signalId' | 'symbol' | 'side' | 'type' | 'size' | 'filled' | 'price' | 'trigger' | 'status'
>;

/** Writes lines for the author; objects as JSON. At most 200 notes a second of the session's clock are kept. */
interface Log {
  (...parts: any[]): void;
  debug(...parts: any[]): void;
  info(...parts: any[]): void;
  warn(...parts: any[]): void;
  error(...parts: any[]): void;
}

/** Sizes of orders, rounded down to the lot. */
interface Size {
  /**
   * What may be bought so that the way from `entry` to `stop` costs this share of the equity; never more than the
   * free cash buys. `entry` is the latest price when left out.
   * @example ctx.size.riskPct(0.01, { entry: bar.close, stop: bar.close - 2 * atr.value })
   */
  riskPct(share: number, given: { entry?: number; stop: number; symbol?: string }): number;
  /** What so much quote currency buys at `price`, else at the latest price. */
  notional(amount: number, given?: { price?: number; symbol?: string }): number;
  /** What the free cash buys, on margin with its leverage, the taker fee paid. */
  all(given?: { price?: number; symbol?: string }): number;
}

/**
 * Timers by the session's clock; `onTimer` is called with their id. At most 100. A timer of the same id is replaced.
 * @example ctx.timers.every('5m', 'heartbeat');
 */
interface Timers {
  every(interval: string, id: string): void;
  after(interval: string, id: string): void;
  /** @param time milliseconds since 1970 */
  at(time: number, id: string): void;
  /** Whether there was one. */
  cancel(id: string): boolean;
  ids(): string[];
}

/** Draws on the session's chart. */
interface PlotApi {
  /** A point of the line `name`; `pane` is `price` when left out. */
  line(name: string, value: number, pane?: string): void;
  marker(price: number, label?: string): void;
}

/** The session's money. */
interface Account {
  /** What fills have left of the budget; on margin, the budget and all that was booked since. */
  readonly cash: number;
  /** Cash and what the positions would bring at the latest prices. */
  readonly equity: number;
  /** What a new order may take: what neither positions, or their margin, nor waiting orders need. */
  readonly free: number;
}

/** Everything a strategy can know and do; there is nothing else. */
interface Context {
  /** The parameters as they are now. */
  readonly params: Params;
  /** The declared indicators, by name. */
  readonly ind: Readonly<Record<string, Indicator>>;
  /** The closed bars of each stream of bars, by name. */
  readonly history: Readonly<Record<string, History>>;
  /** Its own data: plain JSON, kept over a hot reload. */
  state: any;
  readonly size: Size;
  readonly timers: Timers;
  readonly plot: PlotApi;
  /** The session's symbols. */
  readonly symbols: readonly string[];
  readonly log: Log;
  /** Whether every indicator has a value. */
  readonly ready: boolean;
  /** The session's clock. */
  readonly time: number;
  /** The session's first symbol. */
  readonly symbol: string;
  /** Name of this instance within the session. */
  readonly instance: string;
  readonly account: Account;
  /** The latest price, null before the first; of the session's first symbol when left out. */
  price(symbol?: string): number | null;
  /** What the strategy holds; of the session's first symbol when left out. */
  position(symbol?: string): Position;
  /** Raises an alert for a person. */
  alert(level: 'info' | 'warn' | 'error', ...parts: any[]): void;
  /** Writes down a number to be followed over time. */
  metric(name: string, value: number): void;
  /**
   * Says why; give the result to the orders that follow.
   * @example const signal = ctx.signal('long', { reason: 'cross', fast: fast.value });
   */
  signal(name: string, details?: { reason?: string; symbol?: string; [value: string]: number | string | undefined }): SignalTicket;
  buy(order: OrderRequest): Ticket;
  sell(order: OrderRequest): Ticket;
  /** Orders of which only one shall fill. */
  oco(orders: OneOfOrders[]): readonly Ticket[];
  /** Changes an order; what is left out stays. */
  amend(order: Ticket | OpenOrder | Order | string, changes: { price?: number; size?: number; trigger?: number }): void;
  cancel(order: Ticket | OpenOrder | Order | string): void;
  cancelAll(symbol?: string): void;
  /** The strategy's orders that have not ended. */
  orders(): readonly OpenOrder[];
}

/** What a strategy's module may export; everything is optional. */
interface Strategy {
  meta?: Meta;
  /** As {@link ParameterDeclarations} says in full. */
  params?: Record<string, { type: string; default: unknown }>;
  data?: Record<string, Stream> | ((p: Params, session: SessionInfo) => Record<string, Stream>);
  indicators?:
    | Record<string, IndicatorDeclaration>
    | ((p: Params, session: SessionInfo) => Record<string, IndicatorDeclaration>);
  state?: StateDeclaration;
  /** Before the first input. */
  onStart?(ctx: Context): void;
  /** A bar has closed. */
  onBar?(ctx: Context, bar: Bar, stream: string): void;
  onTrade?(ctx: Context, trade: Trade, stream: string): void;
  onQuote?(ctx: Context, quote: Quote, stream: string): void;
  /** The order book has changed. Not called while it is not known: before the first snapshot, and after a gap. */
  onBook?(ctx: Context, book: Book, stream: string): void;
  /** Something happened to one of its orders. */
  onOrder?(ctx: Context, order: Order): void;
  /** Risk turned one of its orders down; after `onOrder`. */
  onRisk?(ctx: Context, order: Order): void;
  /** One of its orders was filled; after `onOrder`. */
  onFill?(ctx: Context, fill: Fill): void;
  /** A fill changed a position; after `onFill`. */
  onPosition?(ctx: Context, position: PositionChange): void;
  /** A timer is due. */
  onTimer?(ctx: Context, id: string): void;
  /** A message from outside. */
  onCommand?(ctx: Context, command: Command): void;
  /** This version has taken over from another. */
  onReload?(ctx: Context, from: Reload): void;
  /** After the last input. */
  onStop?(ctx: Context): void;
}
