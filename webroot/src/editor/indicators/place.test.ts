import { javascript } from '@codemirror/lang-javascript';
import { ensureSyntaxTree } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { expect, test } from 'vitest';
import { placeAt, type Place } from './place';

/** The place of the mark `|`. */
function place(marked: string, side?: 1): Place | null {
  const at = marked.indexOf('|');
  const state = EditorState.create({ doc: marked.replace('|', ''), extensions: [javascript()] });
  ensureSyntaxTree(state, state.doc.length);
  return placeAt(state, at, side);
}

test('the text of use is the name of an indicator', () => {
  expect(place("const a = { fast: { use: 'e|ma' } };")).toEqual({ kind: 'name', from: 26, to: 29 });
  expect(place("const a = { fast: { use: '|' } };")).toEqual({ kind: 'name', from: 26, to: 26 });
  expect(place("const a = { fast: { use: '|")).toEqual({ kind: 'name', from: 26, to: 26 });
  expect(place("const a = { fast: { 'use': \"|\" } };")).toMatchObject({ kind: 'name' });
  expect(place("const a = { fast: { use: '|ema' } };", 1)).toMatchObject({ kind: 'name' });
});

test('members beside use are parameters of that indicator', () => {
  const ema = { kind: 'parameter', indicator: 'ema' };
  expect(place("const a = { fast: { use: 'ema', | } };")).toEqual({ ...ema, from: 32, to: 32, given: ['use'] });
  expect(place("const a = { fast: { use: 'ema', pe| } };")).toEqual({ ...ema, from: 32, to: 34, given: ['use'] });
  expect(place("const a = { fast: { |use: 'ema' } };", 1)).toMatchObject(ema);
  expect(place("const a = { fast: {\n  use: 'ema', on: 'main',\n  | } };")).toMatchObject({ ...ema, given: ['use', 'on'] });
});

test('text beside use may be the choice of a parameter', () => {
  expect(place("const a = { b: { use: 'bollinger', average: 's|' } };")).toEqual({
    kind: 'choice',
    from: 45,
    to: 46,
    indicator: 'bollinger',
    parameter: 'average',
  });
});

test('elsewhere there is nothing to say', () => {
  for (const source of [
    "const a = '|';",
    "const a = { other: '|' };",
    "const a = { use: '' |};",
    "const a = { b: { use: 'ema', on: '|' } };",
    "const a = { b: { use: 'ema', period: | } };",
    "const a = { b: { use: 'ema', period: p| } };",
    'const a = { | };',
    'const a = { b: { use: name, | } };',
    "call({ use: 'ema' }, |);",
    '|',
  ]) {
    expect([source, place(source)]).toEqual([source, null]);
  }
});
