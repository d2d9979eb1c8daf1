import { expect, test } from 'vitest';
import { readMessage } from './messages';
import { candle } from './testing';

test('a known message passes as it came', () => {
  const message = { type: 'candle', seq: 1, ts: 2, sessionId: 'bt_1', data: candle(1, 1) };
  expect(readMessage(message)).toBe(message);
});

test('an unknown message keeps its place in the sequence and its name', () => {
  const read = readMessage({ type: 'toString', seq: 4, ts: 2, sessionId: 'bt_1', data: {} });
  expect(read).toMatchObject({ type: 'unknown', seq: 4, data: { type: 'toString' } });
});

test.each([null, 7, {}, { type: 'tick', data: {} }, { type: 'tick', seq: 1 }, { type: 'tick', seq: '1', data: {} }])(
  'what is no message is refused with its text: %j',
  (body) => expect(() => readMessage(body)).toThrow('a message needs type, seq and data'),
);
