import { expect, test } from 'vitest';
import { Annotated, Annotator } from './annotated';

const annotator = new Annotator('interface Strategy { params?: object; onBar?(ctx: Context, bar: Bar): void; }');
const text = (source: string): string => annotator.annotate(source).text;

test('places are found again in the text and back', () => {
  const annotated = new Annotated('abcdef', [
    { at: 2, text: '<<' },
    { at: 4, text: '>>>' },
  ]);
  expect(annotated.text).toBe('ab<<cd>>>ef');
  expect([0, 1, 2, 3, 4, 5, 6].map((place) => annotated.toText(place))).toEqual([0, 1, 4, 5, 9, 10, 11]);
  for (const place of [0, 1, 2, 3, 4, 5, 6]) expect(annotated.toSource(annotated.toText(place))).toBe(place);
  expect([2, 3, 6, 7, 8].map((place) => annotated.toSource(place))).toEqual([2, 2, 4, 4, 4]);
});

test('exports that the platform knows are typed', () => {
  expect(text('export function onBar(ctx) {}')).toBe(
    "export function onBar(/** @type {Parameters<Extract<Strategy['onBar'], Function>>[0]} */ ctx) {}",
  );
  expect(text('export const params = {};')).toBe('/** @satisfies {ParameterDeclarations} */ export const params = {};');
});

test('what is not an export of the platform, or has a type, is left alone', () => {
  for (const source of [
    'function onBar(ctx) {}',
    'export function helper(ctx) {}',
    '/** @param {Context} ctx */ export function onBar(ctx) {}',
    'export function onBar(/** @type {Context} */ ctx) {}',
    '/** @satisfies {ParameterDeclarations} */ export const params = {};',
    'export const other = 1;',
    'export const params = {}, other = 1;',
    'export function onBar(...all) {}',
  ]) {
    expect(text(source)).toBe(source);
  }
});
