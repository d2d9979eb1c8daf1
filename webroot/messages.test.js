import { Parser } from '@asyncapi/parser';
import { readFileSync } from 'node:fs';
import { createGenerator } from 'ts-json-schema-generator';
import { beforeAll, expect, test } from 'vitest';

/**
 * The console and the contract promise the same messages: each field of each, whether it may be left out, and what it
 * may hold. The platform holds the other end: ScreenMessagesIT validates what it sends against the same schemas.
 */
const CONTRACT = new URL('../conf/asyncapi.yaml', import.meta.url);

const TYPES = createGenerator({
  path: 'src/messages.ts',
  tsconfig: 'tsconfig.json',
  type: '*',
  expose: 'export',
  skipTypeCheck: true,
}).createSchema('*').definitions;

/** The schemas of what a value may be, without references and choices. */
function alternatives(schema) {
  if (schema === true || Object.keys(schema).length === 0) return [{}];
  if (schema.$ref) return alternatives(TYPES[decodeURIComponent(schema.$ref.replace('#/definitions/', ''))]);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return choices.flatMap(alternatives);
  if ('const' in schema) return [{ literal: schema.const }];
  if (schema.enum) return schema.enum.map((literal) => ({ literal }));
  return [schema.type].flat().map((type) => ({ ...schema, type: type === 'integer' ? 'number' : type }));
}

const words = ({ literal, type }) => (literal === undefined ? (type ?? 'anything') : JSON.stringify(literal));

/** One line for every field: its place, a question mark if it may be left out, and what it may hold. */
function lines(schema, place) {
  const all = alternatives(schema);
  const held = [...new Set(all.map(words))].sort().join(' | ');
  return [`${place}: ${held}`, ...all.flatMap((each) => inner(each, place))];
}

function inner({ type, properties = {}, required = [], additionalProperties, items }, place) {
  if (type === 'array') return lines(items, `${place}[]`);
  if (type !== 'object') return [];
  const fields = Object.entries(properties).flatMap(([name, field]) =>
    lines(field, `${place}.${name}${required.includes(name) ? '' : '?'}`),
  );
  if (additionalProperties === false || additionalProperties?.not) return fields;
  return [...fields, ...lines(additionalProperties ?? {}, `${place}.*`)];
}

const sorted = (schema, place) => lines(schema, place).sort();

/** By the type of the message. */
const known = new Map(alternatives(TYPES.Message).map((each) => [each.properties.type.const, each]));

let contract;

beforeAll(async () => {
  const { document } = await new Parser().parse(readFileSync(CONTRACT, 'utf8'));
  const { channels, components } = document.json();
  const sent = ['sessions', 'session', 'system'].flatMap((name) => Object.values(channels[name].messages));
  contract = { components, sent: new Map(sent.map(({ name, payload }) => [name, payload])) };
}, 30_000);

test('both know the same messages', () => {
  expect([...contract.sent.keys()].sort()).toEqual([...known.keys()].sort());
});

test.each([...known.keys()])('both mean the same by a message of type %s', (type) => {
  expect(sorted(contract.sent.get(type), type)).toEqual(sorted(known.get(type), type));
});

test('both mean the same by a snapshot', () => {
  const both = [contract.components.schemas.Snapshot, TYPES.Snapshot].map((schema) => sorted(schema, 'snapshot'));
  expect(both[0]).toEqual(both[1]);
  expect(both[0]).toContain('snapshot.orders[].order.expires_at: null | number');
});
