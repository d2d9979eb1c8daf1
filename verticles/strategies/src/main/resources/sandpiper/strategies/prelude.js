// Runs once in every strategy's context, before the strategy: what a script can reach, and nothing else.
(function (host) {
  'use strict';

  // The clock and chance come from the session, so that a run repeats itself exactly.
  const RealDate = globalThis.Date;
  const SessionDate = function Date(...args) {
    const made = new RealDate(...(args.length === 0 ? [host.time()] : args));
    if (new.target === undefined) return new RealDate(host.time()).toString();
    return new.target === SessionDate ? made : Object.setPrototypeOf(made, new.target.prototype);
  };
  SessionDate.prototype = RealDate.prototype;
  Object.defineProperty(RealDate.prototype, 'constructor', { value: SessionDate });
  for (const [name, value] of Object.entries({ now: () => host.time(), parse: RealDate.parse, UTC: RealDate.UTC })) {
    Object.defineProperty(SessionDate, name, { value });
  }
  Object.defineProperty(globalThis, 'Date', { value: SessionDate });
  let seed = host.seed();
  Object.defineProperty(Math, 'random', {
    value: () => { // mulberry32
      seed = (seed + 0x6d2b79f5) | 0;
      let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    },
  });
  for (const name of ['Intl', 'WeakRef', 'FinalizationRegistry']) delete globalThis[name];

  const fail = (message) => { throw new TypeError(message); };
  const show = (value) => (typeof value === 'string' ? `'${value}'` : String(value));

  // One indicator: `value` now, `prev()` one step of its stream ago.
  class Reading {
    #values;
    #previous;
    constructor(values, previous, outputs) {
      this.#values = values;
      this.#previous = previous;
      outputs.forEach((output, i) => {
        if (output !== 'value') Object.defineProperty(this, output, { get: () => values[i], enumerable: true });
      });
      Object.freeze(this);
    }
    get value() { return this.#values[0]; }
    prev() { return this.#previous[0]; }
    crossedAbove(other) {
      return other instanceof Reading
        ? this.#previous[0] <= other.#previous[0] && this.#values[0] > other.#values[0]
        : this.#previous[0] <= other && this.#values[0] > other;
    }
    crossedBelow(other) {
      return other instanceof Reading
        ? this.#previous[0] >= other.#previous[0] && this.#values[0] < other.#values[0]
        : this.#previous[0] >= other && this.#values[0] < other;
    }
  }

  const FLAT = Object.freeze({ flat: true, long: false, short: false, size: 0, averagePrice: null });
  const positions = new Map();
  const mainSymbol = host.mainSymbol();

  const ORDER_KEYS = ['size', 'type', 'price', 'signal', 'symbol'];
  const place = (side, order) => {
    if (order === null || typeof order !== 'object') fail(`an order is an object such as { size: 1 }, was ${show(order)}`);
    for (const key of Object.keys(order)) {
      if (!ORDER_KEYS.includes(key)) fail(`an order has no '${key}'; it takes ${ORDER_KEYS.join(', ')}`);
    }
    const { size, type = order.price === undefined ? 'market' : 'limit', price, signal = null, symbol = mainSymbol } = order;
    if (typeof size !== 'number') fail(`size must be a number, was ${show(size)}`);
    if (type !== 'market' && type !== 'limit') fail(`type must be 'market' or 'limit', was ${show(type)}`);
    if (type === 'limit' && typeof price !== 'number') fail(`a limit order needs a price, was ${show(price)}`);
    if (type === 'market' && price !== undefined) fail(`a market order has no price, was ${show(price)}`);
    const signalId = signal !== null && typeof signal === 'object' ? signal.id : signal;
    const ticket = host.place(symbol, side, size, type === 'limit' ? price : NaN, signalId);
    return Object.freeze({
      id: ticket.id, signalId: ticket.signalId, size: ticket.size, price: type === 'limit' ? ticket.price : null,
    });
  };

  const text = (parts) => parts.map((p) => (typeof p === 'string' ? p : JSON.stringify(p) ?? String(p))).join(' ');
  const log = (...parts) => host.log('info', text(parts));
  for (const level of ['debug', 'info', 'warn', 'error']) log[level] = (...parts) => host.log(level, text(parts));

  const ctx = {
    params: Object.freeze(JSON.parse(host.parameters())),
    ind: {},
    state: {},
    log: Object.freeze(log),
    get ready() { return host.ready(); },
    get time() { return host.time(); },
    get symbol() { return mainSymbol; },
    position: (symbol = mainSymbol) => positions.get(symbol) ?? FLAT,
    buy: (order) => place('BUY', order),
    sell: (order) => place('SELL', order),
    cancel(order) {
      const id = order !== null && typeof order === 'object' ? order.id : order;
      if (typeof id !== 'string') fail(`cancel takes a ticket or an order id, was ${show(order)}`);
      host.cancel(id);
    },
    signal(name, { reason = '', symbol = mainSymbol, ...values } = {}) {
      if (typeof name !== 'string' || name === '') fail(`a signal needs a name, was ${show(name)}`);
      for (const [key, value] of Object.entries(values)) {
        if (typeof value !== 'number') fail(`value '${key}' of a signal must be a number, was ${show(value)}`);
      }
      return Object.freeze({ id: host.signal(symbol, name, String(reason), JSON.stringify(values)), name });
    },
  };

  // What the host calls; `strategy` is the module's exports.
  return {
    describe(strategy, parameters, interval) {
      const session = Object.freeze({ interval });
      const p = Object.freeze(JSON.parse(parameters));
      const call = (member, standard) =>
        typeof strategy[member] === 'function' ? strategy[member](p, session) : strategy[member] ?? standard;
      return JSON.stringify({
        data: call('data', { main: { bars: interval } }),
        indicators: call('indicators', {}),
      });
    },
    schema: (strategy) => JSON.stringify({ meta: strategy.meta ?? {}, params: strategy.params ?? {} }),
    reading(name, values, previous, outputs) {
      ctx.ind[name] = new Reading(values, previous, outputs.split(','));
    },
    begin(strategy) {
      Object.freeze(ctx.ind);
      ctx.state = typeof strategy.state?.init === 'function' ? strategy.state.init() : {};
      for (const fixed of Object.keys(ctx)) {
        if (fixed !== 'state') {
          const { get, value } = Object.getOwnPropertyDescriptor(ctx, fixed);
          Object.defineProperty(ctx, fixed, get ? { get, configurable: false } : { value, writable: false, configurable: false });
        }
      }
      Object.preventExtensions(ctx);
    },
    // One function for each callback and stream, so that a call carries the event alone.
    callback(strategy, member, stream) {
      const callback = strategy[member];
      if (callback === undefined) return null;
      if (typeof callback !== 'function') fail(`${member} must be a function, was ${typeof callback}`);
      return stream === null ? (event) => { callback(ctx, event); } : (event) => { callback(ctx, event, stream); };
    },
    position(symbol, size, averagePrice) {
      positions.set(symbol, size === 0 ? FLAT
        : Object.freeze({ flat: false, long: size > 0, short: size < 0, size, averagePrice }));
    },
  };
});
