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

  // What the types of orders need: everything else of price, trigger and trail they do not have.
  const NEEDS = {
    market: [], limit: ['price'], stop: ['trigger'], 'stop-limit': ['price', 'trigger'],
    'trailing-stop': ['trail'], 'take-profit': ['trigger'],
  };
  const TYPES = Object.keys(NEEDS).map((type) => `'${type}'`).join(', ');
  const ORDER_KEYS = 'size, type, price, trigger, trail, tif, postOnly, reduceOnly, bracket, after, signal, symbol';
  const lay = (value) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : show(value));
  const flag = (name, value) => (typeof value === 'boolean' ? value : fail(`${name} must be true or false, was ${show(value)}`));
  const orderId = (what, order) => {
    const id = order !== null && typeof order === 'object' ? order.id : order;
    return typeof id === 'string' ? id : fail(`${what} takes a ticket or an order id, was ${show(order)}`);
  };
  const above = (name, value, below = Infinity) => (typeof value === 'number' && value > 0 && value < below ? value
    : fail(`${name} must be a number above zero${below === Infinity ? '' : ` and below ${below}`}, was ${show(value)}`));

  // A number with its meaning, such as { percent: 1.5 }: exactly one of `kinds`.
  const measure = (name, value, kinds, allowed, below) => {
    const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    if (keys.length !== 1 || !kinds.includes(keys[0])) fail(`${name} must be ${allowed}, was ${lay(value)}`);
    const kind = keys[0];
    if (kind === 'trail') return { trail: trail(`trail of ${name}`, value.trail) };
    return { [kind]: above(`${kind} of ${name}`, value[kind], kind === 'percent' ? below : Infinity) };
  };
  const trail = (name, value) => measure(name, value, ['percent', 'offset'], '{ percent: 1.5 } or { offset: 10 }', 100);
  const exits = (bracket) => {
    if (bracket === undefined) return { stopLoss: null, takeProfit: null };
    if (bracket === null || typeof bracket !== 'object') {
      fail(`bracket must be an object such as { stopLoss: 95, takeProfit: { r: 2 } }, was ${show(bracket)}`);
    }
    for (const key in bracket) {
      if (key !== 'stopLoss' && key !== 'takeProfit') fail(`a bracket has no '${key}'; it takes stopLoss, takeProfit`);
    }
    const { stopLoss: stop, takeProfit: take } = bracket;
    if (stop === undefined && take === undefined) fail('a bracket needs a stopLoss, a takeProfit or both, was {}');
    if (stop === undefined && typeof take === 'object' && take !== null && 'r' in take) {
      fail(`takeProfit in multiples of r needs a stopLoss, was ${lay(take)}`);
    }
    const exit = (name, value, kinds, allowed, below) => (value === undefined ? null
      : typeof value === 'number' ? { price: above(name, value) } : measure(name, value, kinds, allowed, below));
    return {
      stopLoss: exit('stopLoss', stop, ['percent', 'offset', 'trail'], 'a price, { percent }, { offset } or { trail: { percent } }', 100),
      takeProfit: exit('takeProfit', take, ['percent', 'offset', 'r'], 'a price, { percent }, { offset } or { r }'),
    };
  };

  // An order with more to it than the host's shortest way takes.
  const laidOut = (buy, order, type, size, signal, symbol) => {
    const { price = null, trigger = null, trail: distance = null, tif = 'GTC', after = null } = order;
    const { postOnly = false, reduceOnly = false, bracket } = order;
    for (const [field, value] of [['price', price], ['trigger', trigger], ['trail', distance]]) {
      if (!NEEDS[type].includes(field)) {
        if (value !== null) fail(`a ${type} order has no ${field}, was ${lay(value)}`);
      } else if (value === null || (field !== 'trail' && typeof value !== 'number')) {
        fail(`a ${type} order needs a ${field}, was ${show(order[field])}`);
      }
    }
    if (typeof tif !== 'string') fail(`tif must be a string such as 'GTC' or 'GTD:2m', was ${show(tif)}`);
    if (flag('postOnly', postOnly) && type !== 'limit') fail(`postOnly is for limit orders, this is a ${type} order`);
    if (flag('reduceOnly', reduceOnly) && bracket !== undefined) fail('an order with reduceOnly has no bracket');
    const { stopLoss, takeProfit } = exits(bracket);
    return {
      symbol, buy, type, size, price, trigger, tif, postOnly, reduceOnly, stopLoss, takeProfit, signal,
      trail: distance === null ? null : trail('trail', distance),
      after: after === null ? null : orderId('after', after),
    };
  };

  const ticketOf = (ticket) => Object.freeze({
    id: ticket.id,
    signalId: ticket.signalId,
    size: ticket.size,
    price: Number.isNaN(ticket.price) ? null : ticket.price,
    trigger: Number.isNaN(ticket.trigger) ? null : ticket.trigger,
    stopLoss: ticket.stopLoss,
    takeProfit: ticket.takeProfit,
  });

  // Checks an order: a plain market or limit order goes to the host by `plain`, any other one by `other`.
  const read = (buy, order, plain, other) => {
    if (order === null || typeof order !== 'object') fail(`an order is an object such as { size: 1 }, was ${show(order)}`);
    let size, type, price, signal = null, symbol = mainSymbol, more = false;
    for (const key in order) {
      const value = order[key];
      switch (key) {
        case 'size': size = value; break;
        case 'type': type = value; break;
        case 'price': price = value; break;
        case 'signal': signal = value; break;
        case 'symbol': symbol = value; break;
        case 'trigger': case 'trail': case 'tif': case 'postOnly': case 'reduceOnly': case 'bracket': case 'after':
          if (value !== undefined) more = true;
          break;
        case 'side': if (plain === null) break; // falls through
        default: fail(`an order has no '${key}'; it takes ${ORDER_KEYS}`);
      }
    }
    if (type === undefined) {
      if (more && (order.trigger !== undefined || order.trail !== undefined)) {
        fail(`an order with a trigger or a trail needs a type, one of ${TYPES}, was undefined`);
      }
      type = price === undefined ? 'market' : 'limit';
    }
    if (typeof size !== 'number') fail(`size must be a number, was ${show(size)}`);
    if (typeof type !== 'string' || !Object.hasOwn(NEEDS, type)) fail(`type must be one of ${TYPES}, was ${show(type)}`);
    if (typeof symbol !== 'string') fail(`symbol must be a string, was ${show(symbol)}`);
    const signalId = signal !== null && typeof signal === 'object' ? signal.id : signal;
    if (signalId !== null && typeof signalId !== 'string') fail(`signal must be what ctx.signal gave, was ${show(signal)}`);
    const limit = type === 'limit';
    if (more || plain === null || !(limit || type === 'market')) {
      return other(laidOut(buy, order, type, size, signalId, symbol));
    }
    if (limit && typeof price !== 'number') fail(`a limit order needs a price, was ${show(price)}`);
    if (!limit && price !== undefined) fail(`a market order has no price, was ${show(price)}`);
    return plain(symbol, buy, size, limit ? price : NaN, signalId);
  };
  const plain = (symbol, buy, size, price, signalId) => {
    const ticket = host.place(symbol, buy, size, price, signalId);
    return Object.freeze({
      id: ticket.id, signalId: ticket.signalId, size: ticket.size, price: Number.isNaN(price) ? null : ticket.price,
      trigger: null, stopLoss: null, takeProfit: null,
    });
  };
  const other = (order) => ticketOf(host.order(order));
  const place = (buy, order) => read(buy, order, plain, other);
  const itself = (order) => order;
  const oneOf = (orders) => {
    if (!Array.isArray(orders) || orders.length < 2) {
      fail(`oco takes an array of at least two orders, each with a side, was ${lay(orders)}`);
    }
    const laid = orders.map((order) => {
      const side = order === null || typeof order !== 'object' ? undefined : order.side;
      if (side !== 'buy' && side !== 'sell') fail(`side must be 'buy' or 'sell', was ${show(side)}`);
      return read(side === 'buy', order, null, itself);
    });
    return Object.freeze(Array.from(host.oco(laid), ticketOf));
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
    oco: (orders) => oneOf(orders),
    cancel(order) { host.cancel(orderId('cancel', order)); },
    cancelAll(symbol) {
      if (symbol !== undefined && typeof symbol !== 'string') fail(`symbol must be a string, was ${show(symbol)}`);
      host.cancelAll(symbol ?? null);
    },
    amend(order, changes) {
      const id = orderId('amend', order);
      if (changes === null || typeof changes !== 'object') {
        fail(`changes of an order are an object such as { price: 100 }, was ${show(changes)}`);
      }
      for (const key in changes) {
        if (key !== 'price' && key !== 'size' && key !== 'trigger') fail(`amend has no '${key}'; it takes price, size, trigger`);
        if (changes[key] !== undefined) above(key, changes[key]);
      }
      host.amend(id, changes.size ?? NaN, changes.price ?? NaN, changes.trigger ?? NaN);
    },
    orders: () => Object.freeze(Array.from(host.orders(), ({ id, signalId, symbol, side, type, size, filled, price, trigger, status }) =>
      Object.freeze({ id, signalId, symbol, side, type, size, filled, price, trigger, status }))),
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
