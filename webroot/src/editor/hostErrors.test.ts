import { EditorState } from '@codemirror/state';
import { expect, test } from 'vitest';
import { placeOf } from './hostErrors';

const state = EditorState.create({ doc: 'first\nsecond\n' });
const place = (line: number | null, column: number | null) => placeOf(state, { line, column, reason: 'no' });

test('a place reaches from its column to the end of the line', () => {
  expect(place(2, 3)).toEqual({ from: 8, to: 12 });
  expect(place(1, null)).toEqual({ from: 0, to: 5 });
});

test('a place that the text does not have is moved into it', () => {
  expect(place(99, 1)).toEqual({ from: 13, to: 13 });
  expect(place(1, 99)).toEqual({ from: 5, to: 5 });
  expect(place(0, 0)).toEqual({ from: 0, to: 5 });
});

test('an error without a place marks nothing', () => {
  expect(place(null, null)).toBeNull();
});
