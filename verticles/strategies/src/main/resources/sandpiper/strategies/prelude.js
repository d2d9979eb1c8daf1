// Runs once in every strategy's context, after harden.js and before the strategy: what a script can reach.
(function (host) {
  'use strict';

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
  let command = null;

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

  const number = (value, what) => (typeof value === 'number' ? value : fail(`${what} must be a number, was ${show(value)}`));
  const word = (value, what) => (typeof value === 'string' && value !== '' ? value
    : fail(`${what} must be a string that is not empty, was ${show(value)}`));
  const options = (given, allowed, what) => {
    if (given === null || typeof given !== 'object') fail(`${what} takes an object, was ${show(given)}`);
    for (const key in given) if (!allowed.includes(key)) fail(`${what} has no '${key}'; it takes ${allowed.join(', ')}`);
    return given;
  };

  // Sizes of orders, rounded down to the lot; never more than the free cash buys.
  const priced = (price, symbol) => (price === undefined
    ? above(`the latest price of ${symbol}`, host.price(symbol)) : above('price', price));
  const affordable = (symbol, size, price) => host.lot(symbol, Math.min(size, host.free(symbol) / price));
  const size = Object.freeze({
    riskPct(share, given) {
      const { entry, stop, symbol = mainSymbol } = options(given, ['entry', 'stop', 'symbol'], 'riskPct');
      const from = priced(entry, known(symbol));
      const distance = Math.abs(from - above('stop', stop));
      if (distance === 0) fail(`stop must differ from entry, both were ${from}`);
      return affordable(symbol, (host.equity() * above('risk', share)) / distance, from);
    },
    notional(amount, given = {}) {
      const { price, symbol = mainSymbol } = options(given, ['price', 'symbol'], 'notional');
      return host.lot(known(symbol), above('notional', amount) / priced(price, symbol));
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

  // State is plain JSON, so that it can be handed to another version or another process.
  const mustBeJson = (value, path, within) => {
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
    if (within.includes(value)) fail(`${path} contains itself`);
    for (const key of Object.keys(value)) mustBeJson(value[key], `${path}.${key}`, [...within, value]);
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
      mustBeJson(ctx.state, 'ctx.state', []);
      return JSON.stringify({ version: strategy.state?.version ?? 1, state: ctx.state });
    },
    // One function for each callback and stream, so that a call carries the event alone.
    callback(strategy, member, stream) {
      const callback = strategy[member];
      if (callback === undefined) return null;
      if (typeof callback !== 'function') fail(`${member} must be a function, was ${typeof callback}`);
      if (member === 'onCommand') return () => { callback(ctx, command); };
      if (member === 'onReload') return (version) => { callback(ctx, Object.freeze({ version })); };
      return stream === null ? (event) => { callback(ctx, event); } : (event) => { callback(ctx, event, stream); };
    },
    ready() { ready = true; },
    command(name, json) { command = Object.freeze({ name, data: JSON.parse(json) }); },
    parameters() { params = Object.freeze(JSON.parse(host.parameters())); },
    position(symbol, size, averagePrice) {
      const position = size === 0 ? FLAT
        : Object.freeze({ flat: false, long: size > 0, short: size < 0, size, averagePrice });
      positions.set(symbol, position);
      if (symbol === mainSymbol) mainPosition = position;
    },
  };
});
