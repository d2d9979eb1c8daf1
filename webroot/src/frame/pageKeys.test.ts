import { beforeEach, expect, test } from 'vitest';
import { PageKeys, PAUSE_MS } from './pageKeys';

let keys: PageKeys;
beforeEach(() => {
  keys = new PageKeys((key) => ({ l: 'live', s: 'strategies' })[key]);
});

const press = (key: string, at: number, more = {}): string | undefined =>
  keys.press({ key, at, modified: false, typing: false, ...more });

test('g and the key of a page lead to the page', () => {
  expect(press('g', 0)).toBeUndefined();
  expect(press('s', 100)).toBe('strategies');
  expect(press('s', 200)).toBeUndefined();
});

test('another key in between takes it back', () => {
  press('g', 0);
  expect(press('x', 100)).toBeUndefined();
  expect(press('s', 200)).toBeUndefined();
});

test('it is forgotten after a while', () => {
  press('g', 0);
  expect(press('s', PAUSE_MS + 1)).toBeUndefined();
});

test('what is typed and what has a modifier is no way to a page', () => {
  press('g', 0, { typing: true });
  expect(press('s', 1)).toBeUndefined();
  press('g', 2);
  expect(press('s', 3, { modified: true })).toBeUndefined();
  press('g', 4);
  expect(press('l', 5, { typing: true })).toBeUndefined();
});
