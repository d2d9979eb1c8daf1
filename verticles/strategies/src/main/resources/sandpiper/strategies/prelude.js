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

  const steps = (n, least, what) => (Number.isInteger(n) && n >= least ? n
    : fail(`${what} takes a whole number from ${least} up, was ${show(n)}`));

  // One indicator: `value` now, `prev()` one step of its stream ago. A closure rather than a class with
  // private fields: those have a key of their own in every context, which compiled code cannot share.
  const reading = (index, values, previous, outputs) => {
    const moved = (n, up) => {
      for (let ago = 0; ago < n; ago++) {
        const later = host.past(index, 0, ago);
        const earlier = host.past(index, 0, ago + 1);
        if (!(up ? later > earlier : later < earlier)) return false;
      }
      return true;
    };
    const made = {
      get value() { return values[0]; },
      prev: (n = 1) => (n === 1 ? previous[0] : host.past(index, 0, steps(n, 0, 'prev'))),
      rising: (n = 1) => moved(steps(n, 1, 'rising'), true),
      falling: (n = 1) => moved(steps(n, 1, 'falling'), false),
      crossedAbove: (other) => (typeof other === 'number'
        ? previous[0] <= other && values[0] > other
        : previous[0] <= other.prev() && values[0] > other.value),
      crossedBelow: (other) => (typeof other === 'number'
        ? previous[0] >= other && values[0] < other
        : previous[0] >= other.prev() && values[0] < other.value),
    };
    for (const hidden of Object.keys(made)) {
      Object.defineProperty(made, hidden, { enumerable: outputs.includes(hidden) });
    }
    outputs.forEach((output, i) => {
      if (output !== 'value') Object.defineProperty(made, output, { get: () => values[i], enumerable: true });
    });
    return Object.freeze(made);
  };

  // The closed bars of one stream; 0 is the one that closed last. What has not closed is not there.
  const history = (stream) => {
    const field = (name, number) => (ago = 0) => host.pastBar(stream, number, steps(ago, 0, name));
    const made = {
      get length() { return host.bars(stream); },
      bar(ago = 0) {
        if (steps(ago, 0, 'bar') >= host.bars(stream)) return null;
        const bar = {};
        FIELDS.forEach((name, number) => { bar[name] = host.pastBar(stream, number, ago); });
        return Object.freeze(bar);
      },
      values(name, n) {
        const number = FIELDS.indexOf(name);
        if (number < 0) fail(`values takes one of ${FIELDS.join(', ')}, was ${show(name)}`);
        const taken = [];
        for (let ago = Math.min(steps(n, 0, 'values'), host.bars(stream)) - 1; ago >= 0; ago--) {
          taken.push(host.pastBar(stream, number, ago));
        }
        return taken;
      },
    };
    FIELDS.forEach((name, number) => { made[name] = field(name, number); });
    return Object.freeze(made);
  };
  const FIELDS = Object.freeze(['time', 'open', 'high', 'low', 'close', 'volume']);

  const FLAT = Object.freeze({ flat: true, long: false, short: false, size: 0, averagePrice: null });
  const positions = new Map();
  const mainSymbol = host.mainSymbol();
  const symbols = Object.freeze(JSON.parse(host.symbols()));
  const known = (symbol) => (symbols.includes(symbol) ? symbol
    : fail(`symbol must be one of ${symbols.join(', ')}, was ${show(symbol)}`));
  let params = Object.freeze(JSON.parse(host.parameters()));
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

  const number = (value, what) => (typeof value === 'number' ? value : fail(`${what} must be a number, was ${show(value)}`));
  const word = (value, what) => (typeof value === 'string' && value !== '' ? value
    : fail(`${what} must be a string that is not empty, was ${show(value)}`));
  const above = (value, what) => (typeof value === 'number' && value > 0 ? value
    : fail(`${what} must be a number above zero, was ${show(value)}`));
  const options = (given, allowed, what) => {
    if (given === null || typeof given !== 'object') fail(`${what} takes an object, was ${show(given)}`);
    for (const key in given) if (!allowed.includes(key)) fail(`${what} has no '${key}'; it takes ${allowed.join(', ')}`);
    return given;
  };

  // Sizes of orders, rounded down to the lot; never more than the free cash buys.
  const priced = (price, symbol) => (price === undefined
    ? above(host.price(symbol), `the latest price of ${symbol}`) : above(price, 'price'));
  const affordable = (symbol, size, price) => host.lot(symbol, Math.min(size, host.free(symbol) / price));
  const size = Object.freeze({
    riskPct(share, given) {
      const { entry, stop, symbol = mainSymbol } = options(given, ['entry', 'stop', 'symbol'], 'riskPct');
      const from = priced(entry, known(symbol));
      const distance = Math.abs(from - above(stop, 'stop'));
      if (distance === 0) fail(`stop must differ from entry, both were ${from}`);
      return affordable(symbol, (host.equity() * above(share, 'risk')) / distance, from);
    },
    notional(amount, given = {}) {
      const { price, symbol = mainSymbol } = options(given, ['price', 'symbol'], 'notional');
      return host.lot(known(symbol), above(amount, 'notional') / priced(price, symbol));
    },
    all(given = {}) {
      const { price, symbol = mainSymbol } = options(given, ['price', 'symbol'], 'all');
      return affordable(known(symbol), Infinity, priced(price, symbol));
    },
  });

  const timers = Object.freeze({
    every: (interval, id) => { host.every(word(interval, 'interval'), word(id, 'id of a timer')); },
    after: (interval, id) => { host.after(word(interval, 'interval'), word(id, 'id of a timer')); },
    at: (time, id) => { host.at(number(time, 'time'), word(id, 'id of a timer')); },
    cancel: (id) => host.cancelTimer(word(id, 'id of a timer')),
    ids: () => JSON.parse(host.timers()),
  });

  const plot = Object.freeze({
    line: (name, value, pane = 'price') => {
      host.plot(word(pane, 'pane'), word(name, 'name of a line'), number(value, 'value'), null);
    },
    marker: (price, label = '') => { host.plot('price', '', number(price, 'price'), String(label)); },
  });

  const ctx = {
    get params() { return params; },
    ind: {},
    history: {},
    state: {},
    size,
    timers,
    plot,
    symbols,
    log: Object.freeze(log),
    get ready() { return ready; },
    get time() { return host.time(); },
    get symbol() { return mainSymbol; },
    get instance() { return host.instance(); },
    get account() { return Object.freeze({ cash: host.cash(), equity: host.equity(), free: host.free(null) }); },
    price: (symbol) => { const p = host.price(symbol === undefined ? mainSymbol : known(symbol)); return p > 0 ? p : null; },
    position: (symbol) => (symbol === undefined ? mainPosition : positions.get(symbol) ?? (known(symbol), FLAT)),
    alert(level, ...parts) {
      if (level !== 'info' && level !== 'warn' && level !== 'error') {
        fail(`level of an alert must be 'info', 'warn' or 'error', was ${show(level)}`);
      }
      host.alert(level, text(parts));
    },
    metric(name, value) { host.metric(word(name, 'name of a metric'), number(value, 'value')); },
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

  // State is plain JSON, so that it can be handed to another version or another process.
  const plain = (value, path, above) => {
    switch (typeof value) {
      case 'string': case 'boolean': return;
      case 'number':
        if (!Number.isFinite(value)) fail(`${path} is ${value}, which JSON cannot hold; use null`);
        return;
      case 'object': break;
      default: fail(`${path} is a ${typeof value}, which JSON cannot hold`);
    }
    if (value === null) return;
    const prototype = Object.getPrototypeOf(value);
    if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) {
      fail(`${path} must be a plain object, array, number, string, boolean or null`);
    }
    if (above.includes(value)) fail(`${path} contains itself`);
    for (const key of Object.keys(value)) plain(value[key], `${path}.${key}`, [...above, value]);
  };
  const begun = (declared, snapshot) => {
    const version = declared.version ?? 1;
    let state;
    if (snapshot === null) {
      state = typeof declared.init === 'function' ? declared.init() : {};
    } else {
      const { version: from, state: old } = JSON.parse(snapshot);
      if (from === version) state = old;
      else if (typeof declared.migrate === 'function') state = declared.migrate(old, from);
      else fail(`state.version went from ${from} to ${version}, but there is no state.migrate`);
    }
    if (state === null || typeof state !== 'object') fail(`state must be an object, was ${show(state)}`);
    return state;
  };

  // What the host calls; `strategy` is the module's exports.
  return {
    describe(strategy, parameters, symbols, interval) {
      const session = Object.freeze({ interval, symbols: Object.freeze(JSON.parse(symbols)) });
      const p = Object.freeze(JSON.parse(parameters));
      const call = (member, standard) =>
        typeof strategy[member] === 'function' ? strategy[member](p, session) : strategy[member] ?? standard;
      return JSON.stringify({
        data: call('data', { main: { bars: interval } }),
        indicators: call('indicators', {}),
      });
    },
    schema: (strategy) => JSON.stringify({ meta: strategy.meta ?? {}, params: strategy.params ?? {} }),
    reading(index, name, values, previous, outputs) {
      ctx.ind[name] = reading(index, values, previous, outputs.split(','));
    },
    history(name, stream) { ctx.history[name] = history(stream); },
    begin(strategy, snapshot) {
      Object.freeze(ctx.ind);
      Object.freeze(ctx.history);
      ctx.state = begun(strategy.state ?? {}, snapshot);
      for (const fixed of Object.keys(ctx)) {
        if (fixed !== 'state') {
          const { get, value } = Object.getOwnPropertyDescriptor(ctx, fixed);
          Object.defineProperty(ctx, fixed, get ? { get, configurable: false } : { value, writable: false, configurable: false });
        }
      }
      Object.preventExtensions(ctx);
    },
    snapshot(strategy) {
      plain(ctx.state, 'ctx.state', []);
      return JSON.stringify({ version: strategy.state?.version ?? 1, state: ctx.state });
    },
    // One function for each callback and stream, so that a call carries the event alone.
    callback(strategy, member, stream) {
      const callback = strategy[member];
      if (callback === undefined) return null;
      if (typeof callback !== 'function') fail(`${member} must be a function, was ${typeof callback}`);
      if (member === 'onCommand') return (name, json) => { callback(ctx, Object.freeze({ name, data: JSON.parse(json) })); };
      if (member === 'onReload') return (version) => { callback(ctx, Object.freeze({ version })); };
      return stream === null ? (event) => { callback(ctx, event); } : (event) => { callback(ctx, event, stream); };
    },
    ready() { ready = true; },
    parameters() { params = Object.freeze(JSON.parse(host.parameters())); },
    position(symbol, size, averagePrice) {
      const position = size === 0 ? FLAT
        : Object.freeze({ flat: false, long: size > 0, short: size < 0, size, averagePrice });
      positions.set(symbol, position);
      if (symbol === mainSymbol) mainPosition = position;
    },
  };
});
