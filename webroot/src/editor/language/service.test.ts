import { beforeAll, describe, expect, test } from 'vitest';
import { template } from '../../strategies/template';
import { strategyFiles } from './files';
import { StrategyLanguage } from './service';

let language: StrategyLanguage;
beforeAll(() => {
  language = new StrategyLanguage(strategyFiles);
});

/** The source without its mark `|`, and where that stood. */
function marked(text: string): { source: string; at: number } {
  const at = text.indexOf('|');
  return { source: text.slice(0, at) + text.slice(at + 1), at };
}

const names = (text: string): string[] => language.completions(marked(text))?.entries.map(({ name }) => name) ?? [];
const messages = (source: string): string[] => language.hints({ source }).map(({ message }) => message);

describe('completions', () => {
  test('know what a context offers, with and without JSDoc', () => {
    for (const doc of ['', '/** @param {Context} ctx */\n', '/** When a bar closes. */\n']) {
      expect(names(`${doc}export function onBar(ctx) { ctx.| }`)).toEqual(
        expect.arrayContaining(['buy', 'sell', 'position', 'ind', 'timers']),
      );
    }
  });

  test('know the second parameter of a callback', () => {
    expect(names('export function onFill(ctx, fill) { fill.| }')).toEqual(expect.arrayContaining(['price', 'maker']));
  });

  test('name indicators where one is declared', () => {
    expect(names("export const indicators = { fast: { use: '|' } };")).toEqual(
      expect.arrayContaining(['ema', 'supertrend']),
    );
  });

  test('replace the word that was begun', () => {
    const place = marked('export function onBar(ctx) { ctx.po| }');
    expect(language.completions(place)?.from).toBe(place.at - 2);
  });

  test('put what is near before the language itself', () => {
    const entries = language.completions(marked('export function onBar(ctx) { const mine = 1; | }'))?.entries ?? [];
    expect(entries.find(({ name }) => name === 'mine')?.near).toBe(true);
    expect(entries.find(({ name }) => name === 'Math')?.near).toBe(false);
  });

  test('explain themselves', () => {
    const place = marked('export function onBar(ctx) { ctx.| }');
    const signal = language.completion({ ...place, name: 'signal' });
    expect(signal?.code).toContain('signal(name: string');
    expect(signal?.text).toContain('Says why');
    expect(signal?.tags).toEqual([expect.objectContaining({ name: 'example' })]);
  });
});

test('hovering tells what a word is, and which characters it has', () => {
  const { source, at } = marked('export function onBar(ctx, bar) { return bar.cl|ose; }');
  expect(language.hover({ source, at })).toMatchObject({ from: at - 2, to: at + 3 });
  expect(language.hover({ source, at })?.code).toContain('close: number');
  expect(language.hover({ source: ' ', at: 0 })).toBeNull();
});

test('a call shows its signature and the parameter at the cursor', () => {
  const signature = language.signature(marked('export function onBar(ctx) { ctx.size.riskPct(0.01, |) }'));
  expect(signature?.before).toBe('riskPct(');
  expect(signature?.parameters[0]).toBe('share: number');
  expect(signature?.current).toBe(1);
  expect(language.signature(marked('export function onBar(ctx) {| }'))).toBeNull();
});

describe('hints', () => {
  test('name a member that is not there, at its place', () => {
    const source = 'export function onBar(ctx) {\n  ctx.bye({ size: 1 });\n}\n';
    const [hint, ...others] = language.hints({ source });
    expect(hint?.message).toBe("Property 'bye' does not exist on type 'Context'.");
    expect(source.slice(hint?.from, hint?.to)).toBe('bye');
    expect(others).toEqual([]);
  });

  test('find a parameter of the wrong type', () => {
    expect(messages("export const params = { fast: { type: 'it', default: 1 } };").join()).toContain('not assignable');
  });

  test('are none for exports that are typed by their names alone', () => {
    const source = `
      export const params = { period: { type: 'int', default: 9 } };
      export const data = () => ({ main: { bars: '1m' } });
      export const indicators = (p) => ({ fast: { use: 'ema', on: 'main.close', period: p.period } });
      export const state = { init: () => ({ n: 0 }) };
      export function onBar(ctx, bar, stream) { if (ctx.ready) ctx.log(stream, bar.close, ctx.state.n); }
      export function onTimer(ctx, id) { ctx.timers.cancel(id); }
    `;
    expect(messages(source)).toEqual([]);
  });

  test('survive any beginning of a script', () => {
    const source = 'export const params = { a: { type: "int", default: 1 } };\nexport function onBar(ctx, bar) { ctx.buy(';
    for (let end = 0; end <= source.length; end += 5) {
      const part = source.slice(0, end);
      for (const { from, to } of language.hints({ source: part })) {
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(part.length);
      }
    }
  });
});

const bundled = import.meta.glob<string>('../../../../strategies-js/*.js', { query: '?raw', import: 'default', eager: true });

test.each(Object.keys(bundled))('the bundled %s gives no hint', (path) => {
  expect(messages(bundled[path] as string)).toEqual([]);
});

test('what a new strategy begins with gives no hint', () => {
  expect(messages(template('fresh'))).toEqual([]);
});
