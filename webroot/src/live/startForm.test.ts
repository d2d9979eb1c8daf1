import { expect, test } from 'vitest';
import type { Strategy } from '../api/sessions';
import { emptyForm, orderOf, paceAt, positionOf } from './startForm';

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
  expect(form).toMatchObject({ mode: 'backtest', strategy: 'ema-cross', budget: '100000', data: 'demo' });
  expect(form.parameters).toEqual({ fast: 12, risk: 0.01, long_only: true, size: 1, note: '' });
  expect(emptyForm([BROKEN]).strategy).toBe('');
});

test('what was typed becomes the types that the parameters have', () => {
  const form = emptyForm([STRATEGY]);
  const typed = { fast: '20', risk: '0.5', long_only: false, size: '2', note: '7' };
  const order = orderOf({ ...form, symbol: ' BTCUSD ', parameters: typed }, STRATEGY);
  expect(order).toEqual({
    mode: 'backtest',
    symbols: ['BTCUSD'],
    strategies: [{ name: 'ema-cross', parameters: { fast: 20, risk: 0.5, long_only: false, size: 2, note: '7' } }],
    budget: '100000',
    data: 'demo',
    acceleration: 60,
  });
  expect(orderOf({ ...form, max: true }, STRATEGY).acceleration).toBe('max');
});

test('the slider is logarithmic from 1 to 1000', () => {
  expect([0, 100, 200, 300].map(paceAt)).toEqual([1, 10, 100, 1000]);
  expect(paceAt(positionOf(60))).toBe(60);
});
