import { Parser } from '@asyncapi/parser';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const DOCUMENT = new URL('../conf/asyncapi.yaml', import.meta.url);

test('the public parser takes the description of the bridge', async () => {
  const { document, diagnostics } = await new Parser().parse(readFileSync(DOCUMENT, 'utf8'));
  expect(diagnostics.map(({ code, message, path }) => `${code} ${path.join('/')}: ${message}`)).toEqual([]);
  expect(document?.version()).toBe('3.1.0');
}, 30_000);
