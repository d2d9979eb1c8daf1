// Runs once in every strategy's context, after harden.js and before the strategy: what a script can reach.
(function (host) {
  'use strict';

  const fail = (message) => { throw new TypeError(message); };
  const show = (value) => (typeof value === 'string' ? `'${value}'` : String(value));

  // One indicator: `value` now, `prev()` one step of its stream ago. A closure rather than a class with
  // private fields: those have a key of their own in every context, which compiled code cannot share.
  const reading = (values, previous, outputs) => {
    const made = {
      get value() { return values[0]; },
      prev: () => previous[0],
      crossedAbove: (other) => (typeof other === 'number'
        ? previous[0] <= other && values[0] > other
        : previous[0] <= other.prev() && values[0] > other.value),
      crossedBelow: (other) => (typeof other === 'number'
        ? previous[0] >= other && values[0] < other
        : previous[0] >= other.prev() && values[0] < other.value),
    };
    for (const hidden of ['value', 'prev', 'crossedAbove', 'crossedBelow']) {
      Object.defineProperty(made, hidden, { enumerable: outputs.includes(hidden) });
    }
    outputs.forEach((output, i) => {
      if (output !== 'value') Object.defineProperty(made, output, { get: () => values[i], enumerable: true });
    });
    return Object.freeze(made);
  };

  const FLAT = Object.freeze({ flat: true, long: false, short: false, size: 0, averagePrice: null });
  const positions = new Map();
  const mainSymbol = host.mainSymbol();
  // What every callback reads stands in plain variables; the host sets them when they change.
  let mainPosition = FLAT;
  let ready = false;

  const place = (buy, order) => {
    if (order === null || typeof order !== 'object') fail(`an order is an object such as { size: 1 }, was ${show(order)}`);
    let size, type, price, signal = null, symbol = mainSymbol;
    for (const key in order) {
      const value = order[key];
      switch (key) {
        case 'size': size = value; break;
        case 'type': type = value; break;
        case 'price': price = value; break;
        case 'signal': signal = value; break;
        case 'symbol': symbol = value; break;
        default: fail(`an order has no '${key}'; it takes size, type, price, signal, symbol`);
      }
    }
    if (type === undefined) type = price === undefined ? 'market' : 'limit';
    if (typeof size !== 'number') fail(`size must be a number, was ${show(size)}`);
    if (type !== 'market' && type !== 'limit') fail(`type must be 'market' or 'limit', was ${show(type)}`);
    if (type === 'limit' && typeof price !== 'number') fail(`a limit order needs a price, was ${show(price)}`);
    if (type === 'market' && price !== undefined) fail(`a market order has no price, was ${show(price)}`);
    if (typeof symbol !== 'string') fail(`symbol must be a string, was ${show(symbol)}`);
    const signalId = signal !== null && typeof signal === 'object' ? signal.id : signal;
    if (signalId !== null && typeof signalId !== 'string') fail(`signal must be what ctx.signal gave, was ${show(signal)}`);
    const limit = type === 'limit';
    const ticket = host.place(symbol, buy, size, limit ? price : NaN, signalId);
    return Object.freeze({
      id: ticket.id, signalId: ticket.signalId, size: ticket.size, price: limit ? ticket.price : null,
    });
  };

  const text = (parts) => parts
    .map((p) => (typeof p === 'object' && p !== null ? JSON.stringify(p) ?? String(p) : String(p))).join(' ');
  const log = (...parts) => host.log('info', text(parts));
  for (const level of ['debug', 'info', 'warn', 'error']) log[level] = (...parts) => host.log(level, text(parts));

  const ctx = {
    params: Object.freeze(JSON.parse(host.parameters())),
    ind: {},
    state: {},
    log: Object.freeze(log),
    get ready() { return ready; },
    get time() { return host.time(); },
    get symbol() { return mainSymbol; },
    position: (symbol) => (symbol === undefined ? mainPosition : positions.get(symbol) ?? FLAT),
    buy: (order) => place(true, order),
    sell: (order) => place(false, order),
    cancel(order) {
      const id = order !== null && typeof order === 'object' ? order.id : order;
      if (typeof id !== 'string') fail(`cancel takes a ticket or an order id, was ${show(order)}`);
      host.cancel(id);
    },
    signal(name, details = {}) {
      if (typeof name !== 'string' || name === '') fail(`a signal needs a name, was ${show(name)}`);
      if (details === null || typeof details !== 'object') {
        fail(`details of a signal are an object such as { reason: 'cross' }, was ${show(details)}`);
      }
      let reason = '', symbol = mainSymbol;
      for (const key in details) {
        const value = details[key];
        if (key === 'reason') reason = String(value);
        else if (key === 'symbol') symbol = typeof value === 'string' ? value : fail(`symbol must be a string, was ${show(value)}`);
        else if (typeof value !== 'number') fail(`value '${key}' of a signal must be a number, was ${show(value)}`);
      }
      for (const key in details) {
        if (key !== 'reason' && key !== 'symbol') host.value(key, details[key]);
      }
      return Object.freeze({ id: host.signal(symbol, name, reason), name });
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
      ctx.ind[name] = reading(values, previous, outputs.split(','));
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
    ready() { ready = true; },
    position(symbol, size, averagePrice) {
      const position = size === 0 ? FLAT
        : Object.freeze({ flat: false, long: size > 0, short: size < 0, size, averagePrice });
      positions.set(symbol, position);
      if (symbol === mainSymbol) mainPosition = position;
    },
  };
});
