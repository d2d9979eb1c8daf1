// ccxt, which knows nothing of the simulated exchange, trades on it. EXCHANGE is its host and port.
//
// BTC/USDT trades itself; the book of SIM/USDT holds what is put there here. Makers of SIM pay 0.02 %,
// takers 0.1 %, in USDT. alice and bob begin with 1000 SIM and 10000 USDT each.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import ccxt from 'ccxt';

const host = process.env.EXCHANGE;
if (!host) throw new Error('EXCHANGE must be host:port of a simulated exchange');
const SIM = 'SIM/USDT';
const BTC = 'BTC/USDT';

async function client(name) {
  const exchange = new ccxt.pro.mexc({
    apiKey: `key-${name}`,
    secret: `secret-${name}`,
    enableRateLimit: false,
    options: { adjustForTimeDifference: true },
  });
  const http = `http://${host}`;
  exchange.urls.api.spot = { public: http, private: http };
  exchange.urls.api.contract = { public: `${http}/api/v1/contract`, private: `${http}/api/v1/private` };
  exchange.urls.api.ws.spot = `ws://${host}/ws`;
  exchange.urls.api.ws.swap = `ws://${host}/edge`;
  // ccxt wants it before it opens a socket without TLS.
  await exchange.loadHttpProxyAgent();
  return exchange;
}

const alice = await client('alice');
const bob = await client('bob');
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

before(async () => {
  await alice.loadMarkets();
  await bob.loadMarkets();
});

after(async () => {
  await alice.close();
  await bob.close();
});

/** What the exchange itself answers for an account, as decimal texts. */
async function balances(of) {
  const { info } = await of.fetchBalance();
  return Object.fromEntries(info.balances.map((each) => [each.asset, [each.free, each.locked]]));
}

/** Collects what a watch delivers until `enough` says so; `act` happens once it listens. */
async function collect(watch, act, enough) {
  const seen = [];
  const reading = (async () => {
    while (!enough(seen)) seen.push(...[await watch()].flat());
  })();
  await pause(500);
  await act();
  await Promise.race([
    reading,
    pause(10_000).then(() => assert.fail(`not enough came: ${JSON.stringify(seen)}`)),
  ]);
  return seen;
}

test('markets have the rules that the exchange was given', () => {
  const market = alice.market(SIM);
  assert.equal(market.id, 'SIMUSDT');
  assert.equal(market.active, true);
  assert.equal(market.spot, true);
  assert.equal(market.precision.price, 0.0001);
  assert.equal(market.precision.amount, 0.01);
  assert.equal(market.limits.cost.min, 1);
  assert.equal(market.limits.cost.max, 2_000_000);
  assert.equal(market.maker, 0.0002);
  assert.equal(market.taker, 0.001);
  assert.equal(alice.market(BTC).precision.amount, 0.000001);
  assert.deepEqual(Object.keys(alice.currencies).sort(), ['BTC', 'SIM', 'USDT']);
});

test('the clock is that of this machine', async () => {
  assert.ok(Math.abs((await alice.fetchTime()) - Date.now()) < 1_000);
});

test('candles, trades, ticker and book of a symbol that trades itself agree', async () => {
  const candles = await alice.fetchOHLCV(BTC, '1m', undefined, 90);
  assert.equal(candles.length, 90);
  candles.forEach(([time, open, high, low, close, volume], i) => {
    if (i > 0) assert.equal(time, candles[i - 1][0] + 60_000);
    assert.ok(low <= Math.min(open, close) && Math.max(open, close) <= high, `candle ${i}`);
    // Once in a while nobody trades for a minute.
    if (volume === 0) assert.ok(low === high && open === close && open === low, `candle ${i} moves without a trade`);
  });
  assert.ok(candles.filter(([, , , , , volume]) => volume > 0).length > 70);
  const hours = await alice.fetchOHLCV(BTC, '1h', undefined, 3);
  assert.equal(hours[1][0] - hours[0][0], 3_600_000);
  const within = (await alice.fetchOHLCV(BTC, '1m')).filter(
    ([time]) => time >= hours[1][0] && time < hours[1][0] + 3_600_000,
  );
  assert.equal(Math.max(...within.map((each) => each[2])), hours[1][2]);
  assert.equal(Math.min(...within.map((each) => each[3])), hours[1][3]);

  const trades = await alice.fetchTrades(BTC, undefined, 100);
  assert.equal(trades.length, 100);
  const ticker = await alice.fetchTicker(BTC);
  assert.ok(ticker.low <= ticker.last && ticker.last <= ticker.high);
  assert.ok(ticker.bid < ticker.ask);
  const book = await alice.fetchOrderBook(BTC, 20);
  assert.equal(book.bids.length, 20);
  assert.equal(book.asks.length, 20);
  assert.ok(book.bids[0][0] < book.asks[0][0]);
  for (let i = 1; i < 20; i++) {
    assert.ok(book.bids[i][0] < book.bids[i - 1][0]);
    assert.ok(book.asks[i][0] > book.asks[i - 1][0]);
  }
  const last = trades.at(-1).price;
  assert.ok(Math.abs(last / book.bids[0][0] - 1) < 0.01, `${last} is far from the book`);
});

test('an order rests, fills in part, is seen by everybody it concerns, and is cancelled', async () => {
  assert.deepEqual(await balances(alice), {
    BTC: ['1', '0'],
    SIM: ['1000', '0'],
    USDT: ['10000', '0'],
  });

  let order;
  const placed = await collect(
    () => alice.watchOrders(SIM),
    async () => {
      order = await alice.createOrder(SIM, 'limit', 'sell', 10, 2.5, { clientOrderId: 'first-1' });
    },
    (seen) => seen.length >= 1,
  );
  assert.equal(placed[0].id, order.id);
  assert.equal(placed[0].clientOrderId, 'first-1');
  assert.equal(placed[0].status, 'open');
  assert.equal(placed[0].price, 2.5);
  assert.equal(placed[0].amount, 10);
  assert.equal(placed[0].remaining, 10);
  assert.deepEqual((await balances(alice)).SIM, ['990', '10']);
  const open = await alice.fetchOpenOrders(SIM);
  assert.deepEqual(
    open.map((each) => [each.id, each.side, each.type, each.price, each.amount, each.filled]),
    [[order.id, 'sell', 'limit', 2.5, 10, 0]],
  );
  assert.deepEqual((await bob.fetchOpenOrders(SIM)).length, 0);
  assert.deepEqual((await bob.fetchOrderBook(SIM)).asks, [[2.5, 10]]);

  const trades = collect(
    () => bob.watchTrades(SIM),
    () => {},
    (seen) => seen.length >= 1,
  );
  const orders = collect(
    () => alice.watchOrders(SIM),
    () => {},
    (seen) => seen.some((each) => each.filled === 4),
  );
  let wallet;
  const money = collect(
    async () => (wallet = await alice.watchBalance()),
    () => {},
    () => wallet?.USDT?.free === 10009.998 && wallet?.SIM?.used === 6,
  );
  const mine = await collect(
    () => alice.watchMyTrades(SIM),
    async () => {
      await pause(500);
      await bob.createOrder(SIM, 'limit', 'buy', 4, 2.6);
    },
    (seen) => seen.length >= 1,
  );
  assert.deepEqual(
    mine.map((each) => [each.order, each.side, each.price, each.amount, each.cost, each.fee]),
    [[order.id, 'sell', 2.5, 4, 10, { cost: 0.002, currency: 'USDT' }]],
  );
  const filled = (await orders).at(-1);
  assert.equal(filled.id, order.id);
  assert.equal(filled.status, 'open');
  assert.equal(filled.remaining, 6);
  assert.equal(filled.average, 2.5);
  await money;
  const print = (await trades)[0];
  assert.deepEqual([print.side, print.price, print.amount], ['buy', 2.5, 4]);

  // Maker 0.02 % and taker 0.1 % of 10 USDT; what was locked above 2.5 has come back.
  const hers = await balances(alice);
  assert.deepEqual(hers.USDT, ['10009.998', '0']);
  assert.deepEqual(hers.SIM, ['990', '6']);
  const his = await balances(bob);
  assert.deepEqual(his.USDT, ['9989.99', '0']);
  assert.deepEqual(his.SIM, ['1004', '0']);
  const [taken] = await bob.fetchMyTrades(SIM);
  assert.deepEqual(
    [taken.side, taken.price, taken.amount, taken.takerOrMaker, taken.fee.cost, taken.fee.currency],
    ['buy', 2.5, 4, 'taker', 0.01, 'USDT'],
  );
  const [made] = await alice.fetchMyTrades(SIM);
  assert.equal(made.takerOrMaker, 'maker');
  assert.equal(made.id, mine[0].id);

  const cancelled = await collect(
    () => alice.watchOrders(SIM),
    () => alice.cancelOrder(order.id, SIM),
    (seen) => seen.some((each) => each.info.status === 5),
  );
  assert.equal(cancelled.at(-1).id, order.id);
  const final = await alice.fetchOrder(order.id, SIM);
  assert.equal(final.info.status, 'PARTIALLY_CANCELED');
  assert.equal(final.filled, 4);
  assert.equal(final.cost, 10);
  assert.deepEqual((await balances(alice)).SIM, ['996', '0']);
  assert.equal((await alice.fetchOpenOrders(SIM)).length, 0);
  await assert.rejects(alice.cancelOrder(order.id, SIM), ccxt.BadRequest);

  const ticker = await alice.fetchTicker(SIM);
  assert.equal(ticker.last, 2.5);
  assert.equal(ticker.baseVolume, 4);
  assert.equal(ticker.quoteVolume, 10);
  const candle = (await alice.fetchOHLCV(SIM, '1d')).at(-1);
  assert.deepEqual(candle.slice(1), [2.5, 2.5, 2.5, 2.5, 4]);
});

test('every kind of order does what its name says', async () => {
  const sells = [
    await alice.createOrder(SIM, 'limit', 'sell', 5, 3, { clientOrderId: 'a-1' }),
    await alice.createOrder(SIM, 'limit', 'sell', 5, 3.1, { clientOrderId: 'a-2' }),
  ];
  const state = async (order) => {
    const now = await bob.fetchOrder(order.id, SIM);
    return [now.info.status, now.filled, now.cost];
  };

  const maker = await bob.createOrder(SIM, 'limit', 'buy', 1, 3, { postOnly: true });
  assert.deepEqual(await state(maker), ['CANCELED', 0, 0]);
  const resting = await bob.createOrder(SIM, 'limit', 'buy', 1, 2, { postOnly: true });
  assert.deepEqual(await state(resting), ['NEW', 0, 0]);

  const killed = await bob.createOrder(SIM, 'limit', 'buy', 6, 3, { timeInForce: 'FOK' });
  assert.deepEqual(await state(killed), ['CANCELED', 0, 0]);
  const whole = await bob.createOrder(SIM, 'limit', 'buy', 2, 3, { timeInForce: 'FOK' });
  assert.deepEqual(await state(whole), ['FILLED', 2, 6]);
  const part = await bob.createOrder(SIM, 'limit', 'buy', 4, 3, { timeInForce: 'IOC' });
  assert.deepEqual(await state(part), ['PARTIALLY_CANCELED', 3, 9]);

  const byAmount = await bob.createOrder(SIM, 'market', 'buy', 2);
  assert.deepEqual(await state(byAmount), ['FILLED', 2, 6.2]);
  // 3.1 USDT buy 1 SIM at 3.1.
  const byCost = await bob.createMarketBuyOrderWithCost(SIM, 3.1);
  assert.deepEqual(await state(byCost), ['FILLED', 1, 3.1]);
  const sold = await bob.createOrder(SIM, 'market', 'sell', 0.5);
  assert.deepEqual(await state(sold), ['FILLED', 0.5, 1]);
  assert.deepEqual(await state(resting), ['PARTIALLY_FILLED', 0.5, 1]);

  assert.deepEqual((await bob.createOrder(SIM, 'limit', 'buy', 1, 1, { test: true })).id, undefined);
  assert.equal((await bob.fetchOpenOrders(SIM)).length, 1);

  await alice.cancelOrder(undefined, SIM, { clientOrderId: 'a-2' });
  assert.equal((await alice.fetchOrder(sells[1].id, SIM)).info.status, 'PARTIALLY_CANCELED');
  await bob.cancelAllOrders(SIM);
  assert.equal((await bob.fetchOpenOrders(SIM)).length, 0);
  assert.deepEqual((await bob.fetchOrderBook(SIM)).asks, []);

  const batch = await bob.createOrders([
    { symbol: SIM, type: 'limit', side: 'buy', amount: 2, price: 1.5 },
    { symbol: SIM, type: 'limit', side: 'buy', amount: 3, price: 1.4 },
  ]);
  assert.equal(batch.length, 2);
  const open = await bob.fetchOpenOrders(SIM);
  assert.deepEqual(open.map((each) => each.id).sort(), batch.map((each) => each.id).sort());
  await bob.cancelAllOrders(SIM);
  const [sum] = (await bob.fetchOrders(SIM)).filter((each) => each.id === byCost.id);
  assert.equal(sum.average, 3.1);
});

test('refusals are what ccxt knows them as', async () => {
  await assert.rejects(bob.createOrder(SIM, 'limit', 'buy', 100_000, 10), ccxt.InsufficientFunds);
  await assert.rejects(bob.createOrder(SIM, 'limit', 'sell', 100_000, 10), ccxt.InsufficientFunds);
  await assert.rejects(bob.createOrder(SIM, 'limit', 'buy', 0.1, 1), ccxt.InvalidOrder);
  await assert.rejects(bob.spotPublicGetDepth({ symbol: 'NONE' }), ccxt.BadSymbol);
  const stranger = await client('bob');
  stranger.secret = 'wrong';
  await assert.rejects(stranger.fetchOpenOrders(), ccxt.AuthenticationError);
  const late = await client('bob');
  late.options.timeDifference = 6_000;
  await assert.rejects(late.spotPrivateGetAccount(), ccxt.InvalidNonce);
});

test('a watched book is the book', async () => {
  bob.options.watchOrderBook = { snapshotDelay: 1, snapshotMaxRetries: 3 };
  let book;
  await collect(
    async () => {
      book = await bob.watchOrderBook(SIM);
      return book.bids.length;
    },
    async () => {
      for (let i = 0; i < 5; i++) {
        await alice.createOrder(SIM, 'limit', 'buy', 1 + i, 1 + i / 10);
        await pause(250);
      }
      await alice.createOrder(SIM, 'limit', 'sell', 2, 4);
      await pause(250);
      await alice.createOrder(SIM, 'limit', 'sell', 1, 1.4);
    },
    () => book?.bids[0]?.[1] === 4 && book?.asks.length === 1,
  );
  const asked = await bob.fetchOrderBook(SIM);
  assert.deepEqual([...book.bids], asked.bids);
  assert.deepEqual([...book.asks], asked.asks);
  assert.deepEqual(asked.bids, [[1.4, 4], [1.3, 4], [1.2, 3], [1.1, 2], [1, 1]]);
  await alice.cancelAllOrders(SIM);
});

// Here ccxt takes its snapshot in the middle of an update, and leaves that update out wholly (it looks
// at fromVersion alone), so single levels may be wrong; OrderBookIT holds the versions to their word.
test('a watched book of a symbol that trades itself goes on', async () => {
  const watcher = await client('alice');
  const versions = [];
  let book;
  // An update that it leaves out gives the same book again.
  while (new Set(versions).size < 10 && versions.length < 40) {
    book = await watcher.watchOrderBook(BTC);
    versions.push(book.nonce);
  }
  assert.equal(new Set(versions).size, 10);
  assert.deepEqual(versions.toSorted((a, b) => a - b), versions);
  const asked = await watcher.fetchOrderBook(BTC);
  assert.ok(book.bids.length > 10 && book.asks.length > 10);
  assert.ok(Math.abs(book.bids[0][0] / asked.bids[0][0] - 1) < 0.01);
  assert.ok(Math.abs(book.asks[0][0] / asked.asks[0][0] - 1) < 0.01);
  await watcher.close();
});

test('watched candles are those that are asked for', async () => {
  const before = (await alice.fetchOHLCV(SIM, '1d')).at(-1);
  const candles = await collect(
    () => alice.watchOHLCV(SIM, '1d'),
    async () => {
      await alice.createOrder(SIM, 'limit', 'sell', 3, 5);
      await bob.createOrder(SIM, 'market', 'buy', 3);
    },
    (seen) => seen.at(-1)?.[4] === 5,
  );
  const asked = (await alice.fetchOHLCV(SIM, '1d')).at(-1);
  assert.deepEqual(candles.at(-1), asked);
  assert.equal(asked[2], 5);
  assert.equal(asked[5], before[5] + 3);
});

test('a watched ticker has the best prices', async () => {
  const seen = await collect(
    () => bob.watchTicker(SIM),
    async () => {
      await alice.createOrder(SIM, 'limit', 'buy', 2, 1.25);
      await alice.createOrder(SIM, 'limit', 'sell', 3, 7.5);
    },
    (all) => all.at(-1)?.ask === 7.5,
  );
  assert.deepEqual([seen.at(-1).bid, seen.at(-1).bidVolume], [1.25, 2]);
  assert.equal(seen.at(-1).askVolume, 3);
});

// Futures: BTC_USDT trades itself, contracts are of 0.0001 BTC; nobody is in the book of SIM_USDT.
const SWAP = 'BTC/USDT:USDT';

test('contracts have the rules that the exchange was given', () => {
  const market = alice.market(SWAP);
  assert.equal(market.id, 'BTC_USDT');
  assert.equal(market.swap, true);
  assert.equal(market.linear, true);
  assert.equal(market.active, true);
  assert.equal(market.contractSize, 0.0001);
  assert.equal(market.precision.price, 0.1);
  assert.equal(market.precision.amount, 1);
  assert.equal(market.limits.leverage.max, 100);
  assert.equal(market.taker, 0.0002);
  assert.equal(alice.market('SIM/USDT:USDT').maker, 0.0002);
});

test('candles, trades, ticker, book and funding of a contract agree', async () => {
  const candles = await alice.fetchOHLCV(SWAP, '1m');
  assert.ok(candles.length >= 119, `${candles.length} candles of two hours`);
  candles.forEach(([time, open, high, low, close], i) => {
    if (i > 0) assert.equal(time, candles[i - 1][0] + 60_000);
    assert.ok(low <= Math.min(open, close) && Math.max(open, close) <= high, `candle ${i}`);
  });
  const hours = await alice.fetchOHLCV(SWAP, '1h');
  const within = candles.filter(([time]) => time >= hours[1][0] && time < hours[1][0] + 3_600_000);
  assert.equal(Math.max(...within.map((each) => each[2])), hours[1][2]);
  assert.equal(
    within.reduce((sum, each) => sum + each[5], 0) <= hours[1][5],
    true,
  );
  const trades = await alice.fetchTrades(SWAP, undefined, 100);
  assert.equal(trades.length, 100);
  const ticker = await alice.fetchTicker(SWAP);
  assert.ok(ticker.low <= ticker.last && ticker.last <= ticker.high);
  assert.ok(ticker.bid < ticker.ask);
  const book = await alice.fetchOrderBook(SWAP, 20);
  assert.equal(book.bids.length, 20);
  assert.equal(book.asks.length, 20);
  assert.ok(book.bids[0][0] < book.asks[0][0]);
  assert.ok(Math.abs(trades.at(-1).price / book.bids[0][0] - 1) < 0.01);
  // A contract follows what it is on.
  const spot = await alice.fetchTicker(BTC);
  assert.ok(Math.abs(ticker.last / spot.last - 1) < 0.01);

  const funding = await alice.fetchFundingRate(SWAP);
  assert.equal(funding.interval, '8h');
  assert.ok(Math.abs(funding.fundingRate) <= 0.003);
  assert.equal(funding.fundingTimestamp % (8 * 3_600_000), 0);
  assert.ok(funding.fundingTimestamp > Date.now() - 1_000);
  const history = await alice.fetchFundingRateHistory(SWAP);
  history.forEach((each) => assert.equal(each.timestamp % (8 * 3_600_000), 0));
  const tiers = await alice.fetchLeverageTiers([SWAP]);
  assert.equal(tiers[SWAP][0].maxLeverage, 100);
  await assert.rejects(alice.contractPublicGetDepthSymbol({ symbol: 'NONE_USDT' }), ccxt.BadSymbol);
});

test('a contract is watched: trades, book, candles, ticker, funding', async () => {
  const watcher = await client('alice');
  const trades = await watcher.watchTrades(SWAP);
  assert.ok(trades.length > 0);
  assert.ok(trades.every((each) => each.price > 0 && each.amount > 0 && ['buy', 'sell'].includes(each.side)));
  const asked = await watcher.fetchTrades(SWAP, undefined, 100);
  assert.ok(asked.some((each) => each.timestamp === trades[0].timestamp && each.price === trades[0].price));

  watcher.options.watchOrderBook = { snapshotDelay: 1, snapshotMaxRetries: 3 };
  const versions = [];
  let book;
  for (let i = 0; i < 10; i++) {
    book = await watcher.watchOrderBook(SWAP);
    versions.push(book.nonce);
  }
  assert.deepEqual(versions.toSorted((a, b) => a - b), versions);
  assert.ok(book.bids.length > 10 && book.asks.length > 10);
  assert.ok(book.bids[0][0] < book.asks[0][0]);

  const candles = await watcher.watchOHLCV(SWAP, '1h');
  assert.equal(candles.at(-1)[0] % 3_600_000, 0);
  const hour = (await watcher.fetchOHLCV(SWAP, '1h')).at(-1);
  assert.equal(candles.at(-1)[0], hour[0]);
  assert.equal(candles.at(-1)[1], hour[1]);
  const ticker = await watcher.watchTicker(SWAP);
  assert.ok(ticker.bid < ticker.ask && ticker.baseVolume > 0);
  const funding = await watcher.watchFundingRate(SWAP);
  assert.ok(Math.abs(funding.fundingRate) <= 0.003);
  await watcher.close();
});

// A contract is of 0.1 SIM; everybody begins with 10000 USDT for futures.
test('contracts are bought, watched and sold', async () => {
  const PERP = 'SIM/USDT:USDT';
  const hers = { marginMode: 'isolated', openType: 1, leverage: 10 };
  const resting = await alice.createOrder(PERP, 'limit', 'sell', 100, 2, { ...hers, clientOrderId: 'perp-1' });
  const open = await alice.fetchOpenOrders(PERP);
  assert.deepEqual(
    open.map((each) => [each.id, each.info.side, each.price, each.amount, each.filled, each.info.externalOid]),
    [[resting.id, 3, 2, 100, 0, 'perp-1']],
  );
  // The margin is a tenth of 20 USDT; a taker would pay 0.02.
  const before = await alice.fetchBalance({ type: 'swap' });
  assert.deepEqual([before.USDT.free, before.USDT.used], [9997.98, 2.02]);

  const watcher = await client('bob');
  const heard = watcher.watchOrders(PERP);
  const fills = watcher.watchMyTrades(PERP);
  const money = watcher.watchBalance({ type: 'swap' });
  await pause(500);
  const bought = await bob.createOrder(PERP, 'market', 'buy', 60, undefined, hers);
  assert.equal((await heard)[0].id, bought.id);
  const fill = (await fills)[0];
  assert.deepEqual([fill.price, fill.amount, fill.fee.cost, fill.takerOrMaker], [2, 60, 0.012, 'taker']);
  assert.ok((await money).USDT.free < 10_000);
  await watcher.close();

  const [his] = await bob.fetchPositions([PERP]);
  assert.deepEqual([his.side, his.contracts, his.entryPrice, his.leverage, his.initialMargin], ['long', 60, 2, 10, 1.2]);
  const [short] = await alice.fetchPositions([PERP]);
  assert.deepEqual([short.side, short.contracts], ['short', 60]);
  assert.equal((await alice.fetchOrder(resting.id, PERP)).filled, 60);
  await alice.cancelOrder(resting.id, PERP);
  assert.equal((await alice.fetchOpenOrders(PERP)).length, 0);

  await bob.createOrder(PERP, 'limit', 'buy', 60, 1.5, hers);
  await bob.createOrder(PERP, 'limit', 'sell', 60, 2.5, { ...hers, reduceOnly: true });
  const closed = await alice.createOrder(PERP, 'market', 'buy', 60, undefined, { ...hers, reduceOnly: true });
  // 6 SIM sold at 2, bought back at 2.5.
  const order = await alice.fetchOrder(closed.id, PERP);
  assert.equal(order.info.profit, -3);
  assert.equal((await alice.fetchPositions([PERP])).length, 0);
  assert.equal((await bob.fetchPositions([PERP])).length, 0);
  await bob.cancelAllOrders(PERP);
  // Fees of 0.0024 and 0.015.
  assert.equal((await alice.fetchBalance({ type: 'swap' })).USDT.free, 9996.9826);
  assert.equal((await bob.fetchBalance({ type: 'swap' })).USDT.free, 10_002.985);
  await assert.rejects(bob.createOrder(PERP, 'limit', 'buy', 1_000_000, 10, hers), ccxt.InsufficientFunds);
  await assert.rejects(bob.createOrder(PERP, 'limit', 'sell', 1, 10, { ...hers, reduceOnly: true }), ccxt.InvalidOrder);
});
