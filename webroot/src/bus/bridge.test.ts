import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { reconnectDelay } from './backoff';
import { Bridge, Disconnected, PING_MS, REQUEST_TIMEOUT_MS, type Connection } from './bridge';

interface Sent {
  type: string;
  address?: string;
  replyAddress?: string;
  body?: unknown;
}

/** A WebSocket whose other end is the test. */
class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = 0;
  binaryType = 'blob';
  sent: Sent[] = [];
  onopen = (): void => {};
  onclose = (): void => {};
  onmessage = (_: { data: unknown }): void => {};
  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text) as Sent);
  }
  open(): void {
    this.readyState = 1;
    this.onopen();
  }
  drop(): void {
    this.readyState = 3;
    this.onclose();
  }
  /** As the platform sends: bytes. */
  receive(frame: unknown): void {
    this.receiveText(JSON.stringify(frame));
  }
  receiveText(text: string): void {
    this.onmessage({ data: new TextEncoder().encode(text).buffer });
  }
}

let bridge: Bridge;
let connections: Connection[];
let problems: string[];
const socket = (): FakeSocket => FakeSocket.all.at(-1) as FakeSocket;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0);
  vi.stubGlobal('WebSocket', FakeSocket);
  FakeSocket.all = [];
  connections = [];
  problems = [];
  bridge = new Bridge('ws://desk/eventbus/websocket', {
    onConnection: (connection) => connections.push(connection),
    onTraffic: () => {},
    onProblem: (text) => problems.push(text),
  });
  bridge.connect();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('what was subscribed before the connection is registered when it opens, before anyone hears of it', () => {
  bridge.subscribe('console.sessions', () => {});
  expect(socket().sent).toEqual([]);
  socket().open();
  expect(socket().sent).toEqual([{ type: 'register', address: 'console.sessions', headers: {} }]);
  expect(connections).toEqual([{ state: 'connecting' }, { state: 'connected' }]);
  expect(socket().binaryType).toBe('arraybuffer');
});

test('a published message reaches its subscriber until it unsubscribes', () => {
  const heard: unknown[] = [];
  socket().open();
  const unsubscribe = bridge.subscribe('a', (body) => heard.push(body));
  socket().receive({ type: 'rec', address: 'a', body: { n: 1 } });
  unsubscribe();
  socket().receive({ type: 'rec', address: 'a', body: { n: 2 } });
  expect(heard).toEqual([{ n: 1 }]);
  expect(socket().sent.at(-1)).toEqual({ type: 'unregister', address: 'a', headers: {} });
});

test('a request is answered at its reply address', async () => {
  socket().open();
  const answer = bridge.request('console.snapshot', { session_id: 'bt_1' });
  const { replyAddress, ...frame } = socket().sent[0] as Sent;
  expect(frame).toEqual({ type: 'send', address: 'console.snapshot', body: { session_id: 'bt_1' }, headers: {} });
  socket().receive({ type: 'rec', address: replyAddress, body: { seq: 7 } });
  await expect(answer).resolves.toEqual({ seq: 7 });
});

test('a failed request gives the reason of the platform', async () => {
  socket().open();
  const answer = bridge.request('console.snapshot', {});
  socket().receive({ type: 'err', address: socket().sent[0]?.replyAddress, failureCode: 404, message: 'no such session' });
  await expect(answer).rejects.toThrow('no such session');
  expect(problems).toEqual([]);
});

test('a request without an answer fails after five seconds', async () => {
  socket().open();
  const answer = expect(bridge.request('console.snapshot', {})).rejects.toThrow('no answer from console.snapshot within 5 s');
  await vi.advanceTimersByTimeAsync(REQUEST_TIMEOUT_MS);
  await answer;
});

test('requests fail at once when there is no connection, and when it is lost', async () => {
  await expect(bridge.request('a', {})).rejects.toBeInstanceOf(Disconnected);
  socket().open();
  const answer = bridge.request('a', {});
  socket().drop();
  await expect(answer).rejects.toBeInstanceOf(Disconnected);
});

test('an error without an address is reported, not swallowed', () => {
  socket().open();
  socket().receive({ type: 'err', body: 'access_denied' });
  expect(problems).toEqual(['The bridge refused a request: access_denied']);
});

test('broken frames, unknown frames and failing subscribers are reported', () => {
  socket().open();
  bridge.subscribe('a', () => {
    throw new Error('boom');
  });
  socket().receiveText('{"type":');
  socket().receive({ type: 'surprise' });
  socket().receive({ type: 'rec', address: 'a', body: 1 });
  expect(problems).toHaveLength(3);
  expect(problems[1]).toContain('surprise');
  expect(problems[2]).toContain('boom');
});

test('it pings every five seconds', () => {
  socket().open();
  vi.advanceTimersByTime(2 * PING_MS);
  expect(socket().sent).toEqual([{ type: 'ping' }, { type: 'ping' }]);
});

test('it connects again after a growing pause and registers everything again', () => {
  bridge.subscribe('a', () => {});
  const pauses: number[] = [];
  for (let failure = 0; failure < 7; failure++) {
    const attempts = FakeSocket.all.length;
    const start = Date.now();
    socket().drop();
    expect(connections.at(-1)?.state).toBe('waiting');
    while (FakeSocket.all.length === attempts) vi.advanceTimersByTime(100);
    pauses.push(Date.now() - start);
  }
  expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
  socket().open();
  expect(socket().sent).toEqual([{ type: 'register', address: 'a', headers: {} }]);
  const attempts = FakeSocket.all.length;
  socket().drop();
  vi.advanceTimersByTime(500);
  expect(FakeSocket.all.length).toBe(attempts + 1);
});

test('the pause varies, so that not all screens return at once', () => {
  expect(reconnectDelay(2, 0)).toBe(1000);
  expect(reconnectDelay(2, 1)).toBe(750);
});
