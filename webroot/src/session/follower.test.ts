import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Disconnected } from '../bus/bridge';
import type { Snapshot } from '../messages';
import { candle, snapshot } from '../testing';
import { streamKey } from './book';
import { SessionFollower, SNAPSHOT_PAUSE_MS } from './follower';

/** Stands for the bridge: answers snapshots when the test says so. */
class FakeBridge {
  handler: (body: unknown) => void = () => {};
  asked: { resolve(snapshot: Snapshot): void; reject(error: Error): void }[] = [];
  subscribe = (_: string, handler: (body: unknown) => void) => {
    this.handler = handler;
    return () => {};
  };
  request = (): Promise<unknown> => new Promise((resolve, reject) => this.asked.push({ resolve, reject }));
  publish(seq: number, type = 'candle', data: object = candle(seq, seq)): void {
    this.handler({ type, seq, ts: 0, sessionId: 'bt_1', data });
  }
  async answer(change: Partial<Snapshot>): Promise<void> {
    this.asked.shift()?.resolve(snapshot(change));
    await vi.advanceTimersByTimeAsync(0);
  }
}

let bridge: FakeBridge;
let problems: string[];
let follower: SessionFollower;
const closes = (): number[] | undefined =>
  follower.book.value?.candlesOf(streamKey('BTCUSD', '1m')).bars.map(({ close }) => close);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw, 16));
  vi.stubGlobal('cancelAnimationFrame', clearTimeout);
  bridge = new FakeBridge();
  problems = [];
  follower = new SessionFollower(bridge, 'bt_1', (text) => problems.push(text));
});
afterEach(() => {
  follower.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('messages that come while the snapshot is under way are applied after it', async () => {
  void follower.resync();
  bridge.publish(3);
  bridge.publish(4);
  expect(follower.book.value).toBeNull();
  await bridge.answer({ seq: 3, candles: [candle(1, 1), candle(2, 2), candle(3, 3)] });
  expect(closes()).toEqual([1, 2, 3, 4]);
});

test('a gap asks for a new snapshot, not sooner than the pause, and loses nothing', async () => {
  void follower.resync();
  await bridge.answer({ seq: 1, candles: [candle(1, 1)] });
  bridge.publish(3);
  bridge.publish(4);
  expect(bridge.asked).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(SNAPSHOT_PAUSE_MS);
  expect(bridge.asked).toHaveLength(1);
  await bridge.answer({ seq: 3, candles: [candle(1, 1), candle(2, 2), candle(3, 3)] });
  expect(closes()).toEqual([1, 2, 3, 4]);
});

test('a message of an unknown type is reported and keeps its place', async () => {
  void follower.resync();
  await bridge.answer({ seq: 1 });
  bridge.publish(2, 'liquidation', { price: 1 });
  bridge.publish(3);
  expect(problems).toEqual(['The platform sent a message this console does not know: liquidation.']);
  expect(closes()).toEqual([3]);
});

test('many messages are one frame', async () => {
  void follower.resync();
  await bridge.answer({ seq: 0 });
  await vi.advanceTimersByTimeAsync(16);
  const before = follower.frame.value;
  for (let seq = 1; seq <= 100; seq++) bridge.publish(seq);
  await vi.advanceTimersByTimeAsync(16);
  expect(follower.frame.value).toBe(before + 1);
});

test('a refused snapshot is shown and asked for again, ever more slowly', async () => {
  void follower.resync();
  bridge.asked.shift()?.reject(new Error('no such session'));
  await vi.advanceTimersByTimeAsync(0);
  expect(follower.problem.value).toBe('no such session');
  await vi.advanceTimersByTimeAsync(500);
  bridge.asked.shift()?.reject(new Error('no such session'));
  await vi.advanceTimersByTimeAsync(700);
  expect(bridge.asked).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(300);
  await bridge.answer({ seq: 1 });
  expect(follower.problem.value).toBeNull();
});

test('without a connection nothing is asked until the next one', async () => {
  void follower.resync();
  bridge.asked.shift()?.reject(new Disconnected('lost'));
  await vi.advanceTimersByTimeAsync(10 * SNAPSHOT_PAUSE_MS);
  expect(bridge.asked).toHaveLength(0);
  expect(follower.problem.value).toBeNull();
});

test('only the newest of two snapshots counts', async () => {
  void follower.resync();
  void follower.resync();
  await bridge.answer({ seq: 1, candles: [candle(1, 1)] });
  expect(follower.book.value).toBeNull();
  await bridge.answer({ seq: 2, candles: [candle(2, 2)] });
  expect(closes()).toEqual([2]);
});
