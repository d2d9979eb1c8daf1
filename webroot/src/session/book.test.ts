import { expect, test } from 'vitest';
import type { Message, RiskAlert } from '../messages';
import { candle, fill, MINUTE, orderChange, position, reading, sessionState, signalRaised, snapshot } from '../testing';
import { SessionBook, streamKey } from './book';
import { standing, unrealised } from './valuation';

const STREAM = streamKey('BTCUSD', '1m');

function message<T extends Message['type']>(type: T, data: Extract<Message, { type: T }>['data']): Message {
  return { type, seq: 1, ts: 0, sessionId: 'bt_1', data } as Message;
}

const account = (equity: string, time = MINUTE) => ({
  time,
  cash: equity,
  equity,
  realised: '0',
  unrealised: '0',
  fees: '0',
  funding: '0', balances: { USD: '0' }
});

test('a snapshot fills every list, and messages go on from there', () => {
  const book = new SessionBook(
    snapshot({
      candles: [candle(1, 10)],
      indicators: [reading(1, 9)],
      signals: [signalRaised('sig_1')],
      orders: [orderChange(1)],
      fills: [fill('fil_1', MINUTE)],
      positions: [position()],
      log: [{ session_id: 'bt_1', seq: 1, time: 1, index: 1, strategy: 'ema-cross', level: 'info', text: 'hello' }],
    }),
  );
  book.apply(message('candle', candle(2, 11)));
  book.apply(message('indicator', reading(2, 10)));
  book.apply(message('signal', signalRaised('sig_2')));
  book.apply(message('fill', fill('fil_2', 2 * MINUTE)));
  expect(book.candlesOf(STREAM).bars.map(({ close }) => close)).toEqual([10, 11]);
  expect(book.readingsOf('ema-cross', STREAM).bars).toHaveLength(2);
  expect(book.signals.list().map(({ signal_id }) => signal_id)).toEqual(['sig_2', 'sig_1']);
  expect(book.fills.total).toBe(2);
  expect(book.log.list()[0]?.text).toBe('hello');
});

test('an order moves on with its newer version and never back', () => {
  const book = new SessionBook(snapshot());
  const filled = orderChange(2, { event: 'filled' });
  book.apply(message('order', orderChange(1)));
  book.apply(message('order', filled));
  book.apply(message('order', orderChange(1)));
  expect(book.orders.list()).toEqual([filled]);
});

test('a refusal is found by the signal that led to it', () => {
  const book = new SessionBook(snapshot());
  const refused = orderChange(1, { event: 'refused', rule: 'max_order_value', reason: 'too large' });
  book.apply(message('order', refused));
  expect(book.orderOfSignal.get('sig_1')?.rule).toBe('max_order_value');
});

test('the exits of an entry do not stand for what became of its signal', () => {
  const book = new SessionBook(snapshot());
  const entry = orderChange(1);
  book.apply(message('order', entry));
  const order = { ...entry.order, order_id: 'ord_2', parent_id: 'ord_1', status: 'pending' as const };
  book.apply(message('order', { ...entry, order }));
  expect(book.orders.list().length).toBe(2);
  expect(book.orderOfSignal.get('sig_1')?.order.order_id).toBe('ord_1');
});

test('lists stay the same object until they change', () => {
  const book = new SessionBook(snapshot({ fills: [fill('fil_1', MINUTE)] }));
  const before = book.fills.list();
  book.apply(message('tick', { symbol: 'BTCUSD', time: MINUTE, price: 100, amount: 1, received_at: null }));
  expect(book.fills.list()).toBe(before);
  book.apply(message('fill', fill('fil_2', MINUTE)));
  expect(book.fills.list()).not.toBe(before);
});

test('an open position is worth what the last tick says, long and short', () => {
  const book = new SessionBook(snapshot());
  book.apply(message('tick', { symbol: 'BTCUSD', time: MINUTE, price: 110, amount: 1, received_at: null }));
  expect(unrealised(position(), book.lastPrice('BTCUSD'))).toBe(5);
  expect(unrealised(position({ direction: -1 }), book.lastPrice('BTCUSD'))).toBe(-5);
  expect(unrealised(position({ average_price: null, quantity: '0' }), 110)).toBeNull();
});

test('profit is exact and drawdown is measured from the highest equity', () => {
  const book = new SessionBook(snapshot());
  book.apply(message('account', account('110000.10')));
  book.apply(message('account', account('99000.09')));
  expect(standing(book)).toMatchObject({ equity: '99000.09', pnl: '-999.91' });
  expect(standing(book).drawdown).toBeCloseTo(-0.1, 6);
});

test('the highest equity outlives a new snapshot', () => {
  const book = new SessionBook(snapshot({ account: account('90000') }), 120_000);
  expect(standing(book).drawdown).toBeCloseTo(-0.25, 9);
});

test('the clock follows whatever knows the time, and never goes back', () => {
  const book = new SessionBook(snapshot({ session: sessionState({ clock: 5 }) }));
  book.apply(message('tick', { symbol: 'BTCUSD', time: 9, price: 1, amount: 1, received_at: null }));
  book.apply(message('session.state', sessionState({ clock: 7, status: 'stopping' })));
  expect(book.clock).toBe(9);
  expect(book.session.status).toBe('stopping');
});

const alert = (seq: number, change: Partial<RiskAlert> = {}): RiskAlert => ({
  session_id: 'bt_1',
  seq,
  time: seq,
  index: 1,
  rule: 'kill-switch',
  action: 'cancel',
  level: 'error',
  strategy: null,
  signal_id: null,
  order_id: null,
  limit: null,
  value: null,
  text: 'enough',
  acknowledged_at: null,
  acknowledged_by: null,
  ...change,
});

test('trading is stopped until it is released, whatever was refused meanwhile', () => {
  const book = new SessionBook(snapshot());
  expect(book.stoppedBy).toBeNull();
  book.apply(message('risk.alert', alert(1)));
  book.apply(message('risk.alert', alert(2, { level: 'warn', text: 'refused' })));
  expect(book.stoppedBy?.text).toBe('enough');
  book.apply(message('risk.alert', alert(3, { level: 'info', text: 'trading goes on' })));
  book.apply(message('risk.alert', alert(4, { rule: 'daily-loss' })));
  expect(book.stoppedBy).toBeNull();
});

test('what stopped trading is known however many orders were refused since', () => {
  const book = new SessionBook(snapshot({ risk_alerts: [alert(1)] }));
  for (let seq = 2; seq < 6_000; seq++) book.apply(message('risk.alert', alert(seq, { level: 'warn' })));
  expect(book.riskAlerts.get('1.1')).toBeUndefined();
  expect(book.stoppedBy?.text).toBe('enough');
});

test('an alert that was seen stays seen when it comes again', () => {
  const book = new SessionBook(snapshot({ risk_alerts: [alert(1)] }));
  book.acknowledged(alert(1, { acknowledged_at: 5, acknowledged_by: 'alice' }));
  book.apply(message('risk.alert', alert(1)));
  expect(book.riskAlerts.list()).toMatchObject([{ acknowledged_by: 'alice' }]);
});
