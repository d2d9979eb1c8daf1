import { expect, test } from 'vitest';
import { hashOf, readRoute } from './route';

test('a hash names a page and what it shows', () => {
  expect(readRoute('#/strategies/ema-cross')).toEqual({ page: 'strategies', rest: 'ema-cross' });
  expect(readRoute('#/strategies')).toEqual({ page: 'strategies', rest: '' });
  expect(readRoute('#/strategies/')).toEqual({ page: 'strategies', rest: '' });
  expect(readRoute('#live')).toEqual({ page: 'live', rest: '' });
  expect(readRoute('')).toEqual({ page: '', rest: '' });
});

test('a route becomes a hash and is read back', () => {
  for (const route of [{ page: 'live', rest: '' }, { page: 'strategies', rest: 'a b/ü%' }]) {
    expect(readRoute(hashOf(route))).toEqual(route);
  }
});

test('a hash that cannot be decoded is taken as it is', () => {
  expect(readRoute('#/strategies/%zz')).toEqual({ page: 'strategies', rest: '%zz' });
});
