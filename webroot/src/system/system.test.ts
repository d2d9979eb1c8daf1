import { expect, test } from 'vitest';
import type { SystemApi, SystemLogPage } from '../api/system';
import { SYSTEM } from '../bus/addresses';
import type { SystemHealth } from '../messages';
import { Platform } from './platform';
import { bytes, millis } from './units';

const health = (bus: number, thread = 0): SystemHealth =>
  ({
    inputs: [
      { wiring: 'bus', count: bus },
      { wiring: 'thread', count: thread },
    ],
  }) as SystemHealth;

class FakeBridge {
  readonly handlers = new Map<string, (body: unknown) => void>();

  subscribe(address: string, handler: (body: unknown) => void): () => void {
    this.handlers.set(address, handler);
    return () => void this.handlers.delete(address);
  }

  say(data: SystemHealth): void {
    this.handlers.get(SYSTEM)?.({ type: 'system.health', seq: 1, ts: 1, sessionId: '', data });
  }
}

const api = (change: Partial<SystemApi> = {}): SystemApi => ({
  health: () => Promise.resolve(health(7)),
  info: () => Promise.reject(new Error('no info')),
  log: () => Promise.resolve({ items: [], next_cursor: null }),
  ...change,
});

test('the rate is that of all inputs between two words, and is gone when nobody looks', () => {
  const bridge = new FakeBridge();
  let time = 10_000;
  const platform = new Platform(api(), bridge, () => time);
  const leave = platform.watch();
  bridge.say(health(100, 50));
  expect(platform.rate.value).toBeNull();
  time += 2_000;
  bridge.say(health(300, 150));
  expect(platform.rate.value).toBe(150);
  expect(platform.heardAt.value).toBe(12_000);
  leave();
  expect(platform.rate.value).toBeNull();
  expect(bridge.handlers.size).toBe(0);
  expect(platform.health.value).not.toBeNull();
});

test('what does not come says why, and the rest comes', async () => {
  const platform = new Platform(api(), new FakeBridge());
  await platform.refresh(true);
  expect(platform.infoProblem.value).toBe('no info');
  expect(platform.health.value?.inputs[0]?.count).toBe(7);
  expect(platform.lines.value).toEqual([]);
});

test('who may not read the log does not ask for it', async () => {
  let asked = 0;
  const log = (): Promise<SystemLogPage> => {
    asked++;
    return Promise.resolve({ items: [], next_cursor: null });
  };
  await new Platform(api({ log }), new FakeBridge()).refresh(false);
  expect(asked).toBe(0);
});

test('older lines follow those that are there', async () => {
  const line = (number: number) => ({ number }) as SystemLogPage['items'][number];
  const log = (_: string, cursor?: string): Promise<SystemLogPage> =>
    Promise.resolve(
      cursor === '5' ? { items: [line(4)], next_cursor: null } : { items: [line(6), line(5)], next_cursor: '5' },
    );
  const platform = new Platform(api({ log }), new FakeBridge());
  await platform.askLog();
  await platform.askOlder();
  expect(platform.lines.value?.map(({ number }) => number)).toEqual([6, 5, 4]);
  expect(platform.older.value).toBeNull();
});

test.each([
  [0, '0 B'],
  [1536, '1.5 KB'],
  [1023 * 1024 * 1024, '1023 MB'],
  [5 * 2 ** 40, '5.0 TB'],
  [null, '–'],
])('%s bytes read %s', (value, text) => expect(bytes(value)).toBe(text));

test.each([
  [0.0421, '0.042 ms'],
  [3.14159, '3.14 ms'],
  [1204.4, '1,204 ms'],
  [null, '–'],
])('%s milliseconds read %s', (value, text) => expect(millis(value)).toBe(text));
