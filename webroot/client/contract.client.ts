import { expect, test } from 'vitest';
import { client } from '../target/client/client.gen';
import {
  backtestResult,
  getBacktest,
  listFills,
  listStrategies,
  placeOrder,
  startBacktest,
  whoAmI,
} from '../target/client/sdk.gen';

/** A client that a public generator made of the contract, against a platform that runs. */

declare const process: { env: Record<string, string | undefined> };

function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} must be set`);
  return value;
}

const token = given('SANDPIPER_TOKEN');

client.setConfig({
  baseUrl: given('SANDPIPER_URL'),
  auth: ({ type }) => (type === 'http' ? token : undefined),
});

test('it is known by its token', async () => {
  const { data } = await whoAmI({ throwOnError: true });
  expect(data.user).toBe('admin');
  expect(data.permissions).toContain('trade');
});

test('without one it is told so', async () => {
  const { error, response } = await listStrategies({ auth: undefined });
  expect(response?.status).toBe(401);
  expect(error?.type).toBe('/problems/unauthenticated');
});

test('a backtest is started, waited for and read', { timeout: 120_000 }, async () => {
  const body = { strategy: 'ema-cross', symbols: ['BTCUSD'], data: 'demo' };
  const headers = { 'Idempotency-Key': 'generated-client' };
  const { data: started } = await startBacktest({ body, headers, throwOnError: true });
  const { data: again } = await startBacktest({ body, headers, throwOnError: true });
  expect(again.session_id).toBe(started.session_id);
  const path = { session_id: started.session_id };
  await expect
    .poll(async () => (await getBacktest({ path, throwOnError: true })).data.status, { timeout: 100_000, interval: 500 })
    .toBe('stopped');
  const { data: result } = await backtestResult({ path, throwOnError: true });
  expect(result.session.session_id).toBe(started.session_id);
  expect(result.points.length).toBeGreaterThan(1);

  const fills: unknown[] = [];
  let cursor: string | null | undefined;
  do {
    const { data: page } = await listFills({
      query: { session_id: started.session_id, limit: 100, ...(cursor ? { cursor } : {}) },
      throwOnError: true,
    });
    fills.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  const { data: whole } = await listFills({ query: { session_id: started.session_id, limit: 5000 }, throwOnError: true });
  expect(fills.length).toBeGreaterThan(100);
  expect(fills).toEqual(whole.items);
});

test('a refusal is a problem with its type', async () => {
  const { error, response } = await placeOrder({
    body: {
      session_id: 'pp_gone',
      strategy: 'ema-cross',
      symbol: 'BTCUSD',
      side: 'buy',
      quantity: '1',
      reason: 'test',
    },
  });
  expect(response?.status).toBe(404);
  expect(error?.type).toBe('/problems/not-found');
  expect(error?.detail).toContain('pp_gone');
});
