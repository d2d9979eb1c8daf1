import { beforeEach, expect, test } from 'vitest';
import { LanguageClient } from './client';
import type { Request } from './protocol';

let sent: Request[];
let worker: Pick<Worker, 'postMessage' | 'onmessage' | 'onerror'>;
let client: LanguageClient;
beforeEach(() => {
  sent = [];
  worker = { postMessage: (message: Request) => void sent.push(message), onmessage: null, onerror: null };
  client = new LanguageClient(worker);
});

const reply = (data: object): void => worker.onmessage?.call(worker as Worker, { data } as MessageEvent);

test('answers find their questions, in any order', async () => {
  const first = client.ask('hints', { source: 'a' });
  const second = client.ask('hints', { source: 'b' });
  expect(client.state.value).toBe('starting');
  reply({ id: sent[1]?.id, answer: [] });
  reply({ id: sent[0]?.id, answer: [{ from: 0, to: 1, message: 'no' }] });
  expect(client.state.value).toBe('ready');
  expect(await first).toHaveLength(1);
  expect(await second).toEqual([]);
});

test('an error of one question fails that one', async () => {
  const asked = client.ask('hover', { source: '', at: 0 });
  reply({ id: sent[0]?.id, error: 'TypeError: no' });
  await expect(asked).rejects.toThrow('TypeError: no');
  expect(client.state.value).toBe('ready');
});

test('without a worker nothing waits for ever', async () => {
  const asked = client.ask('hover', { source: '', at: 0 });
  worker.onerror?.call(worker as Worker, { message: 'not loaded' } as ErrorEvent);
  await expect(asked).rejects.toThrow('not loaded');
  expect(client.state.value).toBe('failed');
  await expect(client.ask('hover', { source: '', at: 0 })).rejects.toThrow();
});
