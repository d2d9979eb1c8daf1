import { expect, test } from 'vitest';
import { Sequencer } from './sequencer';

const message = (seq: number) => ({ seq });
const seqs = (messages: { seq: number }[]): number[] => messages.map(({ seq }) => seq);

test('messages wait for the first snapshot, and only those above it are applied', () => {
  const sequencer = new Sequencer();
  expect([4, 5, 6, 7].map((seq) => sequencer.receive(message(seq)))).toEqual(['wait', 'wait', 'wait', 'wait']);
  const { apply, gap } = sequencer.snapshot(5);
  expect(seqs(apply)).toEqual([6, 7]);
  expect(gap).toBe(false);
  expect(sequencer.receive(message(8))).toBe('apply');
});

test('a message that the snapshot holds already is old', () => {
  const sequencer = new Sequencer();
  sequencer.snapshot(5);
  expect(sequencer.receive(message(5))).toBe('old');
  expect(sequencer.receive(message(6))).toBe('apply');
  expect(sequencer.receive(message(6))).toBe('old');
});

test('after a gap messages wait for a new snapshot and none is lost', () => {
  const sequencer = new Sequencer();
  sequencer.snapshot(1);
  expect(sequencer.receive(message(3))).toBe('gap');
  expect(sequencer.receive(message(4))).toBe('wait');
  expect(seqs(sequencer.snapshot(2).apply)).toEqual([3, 4]);
});

test('a gap among the waiting messages is told, and those behind it go on waiting', () => {
  const sequencer = new Sequencer();
  [2, 3, 5, 6].forEach((seq) => sequencer.receive(message(seq)));
  const { apply, gap } = sequencer.snapshot(1);
  expect(seqs(apply)).toEqual([2, 3]);
  expect(gap).toBe(true);
  expect(seqs(sequencer.snapshot(4).apply)).toEqual([5, 6]);
});

test('a snapshot older than the waiting messages is a gap, not a guess', () => {
  const sequencer = new Sequencer();
  sequencer.receive(message(10));
  expect(sequencer.snapshot(7)).toEqual({ apply: [], gap: true });
});

test('waiting is bounded: what was dropped shows as a gap', () => {
  const sequencer = new Sequencer();
  for (let seq = 1; seq <= 20_001; seq++) sequencer.receive(message(seq));
  expect(sequencer.snapshot(0)).toEqual({ apply: [], gap: true });
});
