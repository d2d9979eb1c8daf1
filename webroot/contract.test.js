import { createConfig, lint } from '@redocly/openapi-core';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const CONTRACT = fileURLToPath(new URL('../conf/openapi.yaml', import.meta.url));

test('a public linter finds nothing in the contract', async () => {
  const config = await createConfig({
    extends: ['recommended-strict'],
    rules: { 'operation-4xx-response': 'off' }, // `default` stands for every problem
  });
  const problems = await lint({ ref: CONTRACT, config });
  expect(problems.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`)).toEqual([]);
}, 30_000);
