import { expect, test } from 'vitest';
import type { Indicator } from '../../api/indicators';
import { aboutIndicator } from './about';
import { optionsAt } from './extension';
import { registryOf } from './registry';

const bands: Indicator = {
  name: 'bollinger',
  title: 'Bollinger bands',
  group: 'overlap',
  input: 'series',
  parameters: [
    { name: 'period', type: 'int', default: 20, min: 2, max: 1000 },
    { name: 'average', type: 'choice', default: 'sma', options: ['sma', 'ema'] },
  ],
  outputs: ['middle', 'upper', 'lower'],
  warm_up: 20,
  source: 'John Bollinger',
};
const registry = new Map([['bollinger', bands]]);
const labels = (place: Parameters<typeof optionsAt>[0]): string[] => optionsAt(place, registry).map(({ label }) => label);

test('an indicator tells parameters, outputs, warm-up and source', () => {
  expect(aboutIndicator(bands)).toEqual([
    'overlap, of a series',
    'period: int, 2 to 1000, 20 when left out',
    'average: sma | ema, sma when left out',
    'Gives middle, upper, lower',
    'Warm-up 20 steps',
    'Source: John Bollinger',
  ]);
  expect(aboutIndicator({ ...bands, input: 'bars', warm_up: null })).toEqual(
    expect.arrayContaining(['overlap, of whole bars', 'Warm-up depends on the data']),
  );
});

test('names, parameters that are not given yet, and choices are offered', () => {
  const at = { from: 0, to: 0 };
  expect(labels({ kind: 'name', ...at })).toEqual(['bollinger']);
  expect(labels({ kind: 'parameter', ...at, indicator: 'bollinger', given: ['use', 'period'] })).toEqual(['average']);
  expect(labels({ kind: 'choice', ...at, indicator: 'bollinger', parameter: 'average' })).toEqual(['sma', 'ema']);
  expect(labels({ kind: 'parameter', ...at, indicator: 'unknown', given: [] })).toEqual([]);
  expect(labels({ kind: 'choice', ...at, indicator: 'bollinger', parameter: 'unknown' })).toEqual([]);
});

test('the registry is asked for once, and again after a failure', async () => {
  let asked = 0;
  const ask = registryOf(async () => {
    if (++asked === 1) throw new Error('no platform');
    return [bands];
  });
  expect([...(await ask()).keys()]).toEqual([]);
  expect([...(await ask()).keys()]).toEqual(['bollinger']);
  await ask();
  expect(asked).toBe(2);
});
