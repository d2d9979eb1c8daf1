import { beforeEach, expect, test } from 'vitest';
import { FakePlatform } from './fakePlatform';
import { OpenStrategy } from './openStrategy';

let platform: FakePlatform;
let strategy: OpenStrategy;
beforeEach(async () => {
  platform = new FakePlatform();
  platform.put('s', 'one');
  strategy = new OpenStrategy('s', platform);
  await strategy.load();
});

const latest = (): string | undefined => platform.kept.get('s')?.at(-1)?.source;

test('the latest version is what is edited', () => {
  expect(strategy.loading.value).toBe('ready');
  expect(strategy.base.value).toEqual({ version: 1, author: 'file', source: 'one' });
  expect(strategy.text.value).toBe('one');
  expect(strategy.dirty.value).toBe(false);
});

test('a strategy that cannot be read says why, and can be asked for again', async () => {
  platform.down = 'no platform';
  const other = new OpenStrategy('s', platform);
  await other.load();
  expect(other.loading.value).toEqual({ error: 'no platform' });
  platform.down = null;
  const asked = other.retry();
  expect(other.loading.value).toBe('loading');
  await asked;
  expect(other.text.value).toBe('one');
});

test('a save makes a version and what is typed during it stays unsaved', async () => {
  strategy.edit('two');
  expect(strategy.dirty.value).toBe(true);
  const saving = strategy.save();
  expect(strategy.saving.value).toBe(true);
  strategy.edit('two and more');
  await saving;
  expect(strategy.saving.value).toBe(false);
  expect(strategy.base.value).toEqual({ version: 2, author: 'you', source: 'two' });
  expect(strategy.outcome.value).toMatchObject({ kind: 'saved', saved: { version: 2 } });
  expect(strategy.dirty.value).toBe(true);
  expect(latest()).toBe('two');
});

test('a second save while one is under way is left out', async () => {
  strategy.edit('two');
  await Promise.all([strategy.save(), strategy.save()]);
  expect(platform.kept.get('s')).toHaveLength(2);
});

test('a source that is wrong is marked, and neither the text nor the version is lost', async () => {
  strategy.edit('wrong');
  await strategy.save();
  expect(strategy.outcome.value?.kind).toBe('refused');
  expect(strategy.mark.value).toMatchObject({ line: 2, column: 3, reason: 'SyntaxError: no' });
  expect(strategy.base.value.version).toBe(1);
  expect(strategy.text.value).toBe('wrong');
  strategy.edit('right');
  await strategy.save();
  expect(strategy.mark.value).toBeNull();
});

test('a save that does not arrive says why', async () => {
  platform.down = 'no platform';
  strategy.edit('two');
  await strategy.save();
  expect(strategy.outcome.value).toEqual({ kind: 'failed', detail: 'no platform' });
  expect(strategy.dirty.value).toBe(true);
});

test('a version of somebody else is a conflict that can be overwritten', async () => {
  strategy.edit('mine');
  platform.put('s', 'theirs');
  await strategy.save();
  expect(strategy.conflict.value?.theirs).toEqual({ version: 2, author: 'file', source: 'theirs' });
  expect(strategy.latest.value).toBe(2);
  expect(strategy.outcome.value).toBeNull();
  expect(latest()).toBe('theirs');
  await strategy.overwrite();
  expect(strategy.conflict.value).toBeNull();
  expect(strategy.base.value.version).toBe(3);
  expect(latest()).toBe('mine');
});

test('a conflict can be overtaken by another', async () => {
  strategy.edit('mine');
  platform.put('s', 'theirs');
  await strategy.save();
  platform.put('s', 'once more');
  await strategy.overwrite();
  expect(strategy.conflict.value?.theirs.version).toBe(3);
  expect(latest()).toBe('once more');
});

test('taking theirs ends a conflict', async () => {
  strategy.edit('mine');
  platform.put('s', 'theirs');
  await strategy.save();
  strategy.comparison.value = { with: 'theirs' };
  strategy.takeTheirs();
  expect(strategy.text.value).toBe('theirs');
  expect(strategy.dirty.value).toBe(false);
  expect(strategy.conflict.value).toBeNull();
  expect(strategy.comparison.value).toBeNull();
});

test('unsaved text is not replaced by a newer version', async () => {
  strategy.edit('mine');
  platform.put('s', 'theirs');
  await strategy.load();
  expect(strategy.text.value).toBe('mine');
  strategy.discard();
  expect(strategy.text.value).toBe('one');
  await strategy.load();
  expect(strategy.text.value).toBe('theirs');
});

test('a restore makes a new version of an old one, but not over unsaved text', async () => {
  strategy.edit('two');
  await strategy.save();
  strategy.edit('typed');
  await strategy.restore(1);
  expect(platform.kept.get('s')).toHaveLength(2);
  strategy.discard();
  await strategy.restore(1);
  expect(strategy.base.value).toMatchObject({ version: 3, source: 'one' });
  expect(strategy.text.value).toBe('one');
  expect(strategy.outcome.value).toMatchObject({ kind: 'saved', restored: 1 });
});

test('versions are listed, and listed again after a save', async () => {
  await strategy.loadVersions();
  expect(strategy.versions.value).toHaveLength(1);
  strategy.edit('two');
  await strategy.save();
  await expect.poll(() => strategy.versions.value).toHaveLength(2);
  platform.put('s', 'theirs');
  await strategy.load();
  await expect.poll(() => strategy.versions.value).toHaveLength(3);
  expect(await strategy.sourceOf(1)).toBe('one');
});

test('line ends of a file are kept', async () => {
  platform.put('dos', 'a\r\nb\r\n');
  const dos = new OpenStrategy('dos', platform);
  await dos.load();
  expect(dos.text.value).toBe('a\nb\n');
  expect(dos.dirty.value).toBe(false);
  dos.edit('a\nc\n');
  await dos.save();
  expect(platform.kept.get('dos')?.at(-1)?.source).toBe('a\r\nc\r\n');
  expect(dos.dirty.value).toBe(false);
});
