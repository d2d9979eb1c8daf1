import { expect, test } from 'vitest';
import type { Strategy } from '../api/sessions';
import { emptyForm, leverageWarning, orderOf, paceAt, planOf, positionOf, type StartForm } from './startForm';

const STRATEGY: Strategy = {
  name: 'ema-cross',
  error: null,
  parameters: {
    fast: { type: 'int', default: 12, min: 5, max: 50 },
    risk: { type: 'float', default: 0.01 },
    long_only: { type: 'bool', default: true },
    size: { type: 'choice', default: 1, options: [1, 2] },
    note: { type: 'string', default: '' },
  },
};
const BROKEN: Strategy = { name: 'broken', error: 'line 3', parameters: {} };

test('the form begins with a strategy that can run, at its defaults', () => {
  const form = emptyForm([BROKEN, { ...STRATEGY, name: 'other' }, STRATEGY]);
  expect(form).toMatchObject({ mode: 'backtest', budget: '100000', data: 'demo' });
  expect(form.plans).toEqual([
    { strategy: 'ema-cross', parameters: { fast: 12, risk: 0.01, long_only: true, size: 1, note: '' } },
  ]);
  expect(emptyForm([BROKEN]).plans).toEqual([]);
});

test('what was typed becomes the types that the parameters have', () => {
  const form = emptyForm([STRATEGY]);
  const typed = { fast: '20', risk: '0.5', long_only: false, size: '2', note: '7' };
  const plans = [{ strategy: 'ema-cross', parameters: typed }];
  const order = orderOf({ ...form, symbols: ' BTCUSD ', plans }, [STRATEGY]);
  expect(order).toEqual({
    mode: 'backtest',
    symbols: ['BTCUSD'],
    strategies: [{ name: 'ema-cross', parameters: { fast: 20, risk: 0.5, long_only: false, size: 2, note: '7' } }],
    budget: '100000',
    data: 'demo',
    acceleration: 60,
  });
  expect(orderOf({ ...form, max: true }, [STRATEGY]).acceleration).toBe('max');
});

test('a session has as many symbols and strategies as were given', () => {
  const form = emptyForm([STRATEGY]);
  const other = { ...STRATEGY, name: 'other' };
  const order = orderOf({ ...form, symbols: 'A, B C', plans: [...form.plans, planOf(other)] }, [STRATEGY, other]);
  expect(order.symbols).toEqual(['A', 'B', 'C']);
  expect(order.strategies.map(({ name }) => name)).toEqual(['ema-cross', 'other']);
});

test('real money is traded on the market as it is, without margin, once the word was typed', () => {
  const form: StartForm = { ...emptyForm([STRATEGY]), mode: 'live', leverage: '5', confirmation: 'LIVE' };
  const order = orderOf(form, [STRATEGY]);
  expect(order).toMatchObject({ mode: 'live', data: 'mexc', acceleration: 'max', confirmation: 'LIVE' });
  expect(order).not.toHaveProperty('account');
  expect(orderOf({ ...form, mode: 'paper' }, [STRATEGY])).not.toHaveProperty('confirmation');
});

test('leverage is an account on margin, with a warning above 3 and the distance above 10', () => {
  const form: StartForm = { ...emptyForm([STRATEGY]), mode: 'paper' };
  expect(orderOf(form, [STRATEGY])).not.toHaveProperty('account');
  expect(orderOf({ ...form, leverage: '20' }, [STRATEGY]).account).toEqual({
    margin: { leverage: '20', maintenance: { rate: '0.005' } },
  });
  expect(leverageWarning('3')).toBeNull();
  expect(leverageWarning('5')).toContain('5 times');
  expect(leverageWarning('20')).toBe('20 times: a move of about 4.5 % against a position closes it by force.');
});

test('the slider is logarithmic from 1 to 1000', () => {
  expect([0, 100, 200, 300].map(paceAt)).toEqual([1, 10, 100, 1000]);
  expect(paceAt(positionOf(60))).toBe(60);
});
