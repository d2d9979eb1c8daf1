// The bundled strategies, and the snippets of their guide, against the types in strategy.d.ts.
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const folder = resolve(import.meta.dirname, '../strategies-js');
const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
const guide = readFileSync(resolve(folder, 'README.md'), 'utf8');
const snippets = [...guide.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code);

// Files that exist only here: the snippets, two that are wrong, and for each a module that holds it to `Strategy`.
const files = {
  'wrong-member.js': '/** @param {Context} ctx */\nexport function onBar(ctx) { ctx.bye({ size: 1 }); }\n',
  'wrong-callback.js': '/** @param {Context} ctx @param {string} bar */\nexport function onBar(ctx, bar) { ctx.log(bar); }\n',
};
snippets.forEach((code, i) => { files[`snippet-${i + 1}.js`] = code; });
const names = [...scripts, ...Object.keys(files)];
for (const name of names) {
  files[name.replace('.js', '.check.ts')] =
    `import * as strategy from './${name}';\nexport const held: Strategy = strategy;\n`;
}
const text = Object.fromEntries(Object.entries(files).map(([name, code]) => [resolve(folder, name), code]));

const config = ts.readConfigFile(resolve(folder, 'tsconfig.json'), ts.sys.readFile).config;
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
const host = ts.createCompilerHost(options);
const { getSourceFile, fileExists, readFile } = host;
host.fileExists = (name) => name in text || fileExists(name);
host.readFile = (name) => text[name] ?? readFile(name);
host.getSourceFile = (name, language, ...rest) =>
  (name in text ? ts.createSourceFile(name, text[name], language) : getSourceFile(name, language, ...rest));
const program = ts.createProgram([resolve(folder, 'strategy.d.ts'), ...Object.keys(text)], options, host);
const found = ts.getPreEmitDiagnostics(program);

/** What the compiler says about a script and about its being a strategy. */
const problems = (name) => found
  .filter(({ file }) => [name, name.replace('.js', '.check.ts')].some((each) => file?.fileName === resolve(folder, each)))
  .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));

describe('the types of a strategy', () => {
  it('are good themselves', () => {
    expect(found.filter(({ file }) => file === undefined || file.fileName.endsWith('.d.ts'))).toEqual([]);
  });

  it('are there with at least seven strategies', () => {
    expect(scripts.length).toBeGreaterThanOrEqual(7);
  });

  it.each(scripts)('hold for %s', (name) => {
    expect(problems(name)).toEqual([]);
  });

  it('find a member that is not there', () => {
    expect(problems('wrong-member.js')).toEqual(["Property 'bye' does not exist on type 'Context'."]);
  });

  it('find a callback that takes something else', () => {
    expect(problems('wrong-callback.js').join()).toContain("is not assignable to type 'Strategy'");
  });
});

describe('the guide', () => {
  it('has snippets', () => {
    expect(snippets.length).toBeGreaterThanOrEqual(5);
  });

  it.each(snippets.map((_, i) => `snippet-${i + 1}.js`))('has a well typed %s', (name) => {
    expect(problems(name)).toEqual([]);
  });
});
