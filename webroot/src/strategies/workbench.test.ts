import { beforeEach, expect, test, vi } from 'vitest';
import { FakePlatform } from './fakePlatform';
import { wrongName } from './names';
import { Workbench } from './workbench';

let platform: FakePlatform;
let workbench: Workbench;
beforeEach(async () => {
  platform = new FakePlatform();
  platform.put('a', 'one');
  workbench = new Workbench(platform);
  await workbench.refresh();
});

test('the list comes, or the reason why not beside the last one', async () => {
  expect(workbench.list.value?.map(({ name }) => name)).toEqual(['a']);
  platform.down = 'no platform';
  await workbench.refresh();
  expect(workbench.problem.value).toBe('no platform');
  expect(workbench.list.value).toHaveLength(1);
  platform.down = null;
  await workbench.refresh();
  expect(workbench.problem.value).toBeNull();
});

test('a strategy that is opened twice is the same, with its text', async () => {
  const opened = workbench.open('a');
  await expect.poll(() => opened.loading.value).toBe('ready');
  opened.edit('typed');
  expect(workbench.hasUnsaved()).toBe(true);
  expect(workbench.open('a')).toBe(opened);
  expect(workbench.open('a').text.value).toBe('typed');
});

test('a strategy without unsaved text follows the versions of others', async () => {
  const opened = workbench.open('a');
  await expect.poll(() => opened.loading.value).toBe('ready');
  platform.put('a', 'two');
  await workbench.refresh();
  await expect.poll(() => opened.text.value).toBe('two');
  opened.edit('typed');
  platform.put('a', 'three');
  await workbench.refresh();
  expect(opened.text.value).toBe('typed');
  expect(opened.base.value.version).toBe(2);
});

test('a new strategy is a draft until it is saved', async () => {
  workbench.create('fresh');
  const draft = workbench.open('fresh');
  expect(draft.dirty.value).toBe(true);
  expect(workbench.drafts()).toEqual([draft]);
  expect(platform.kept.has('fresh')).toBe(false);
  await workbench.save(draft);
  expect(platform.kept.get('fresh')).toHaveLength(1);
  expect(workbench.drafts()).toEqual([]);
  expect(workbench.list.value?.map(({ name }) => name)).toEqual(['a', 'fresh']);
});

test('a draft that is dropped is gone', () => {
  workbench.create('fresh');
  workbench.drop('fresh');
  expect(workbench.drafts()).toEqual([]);
  expect(workbench.hasUnsaved()).toBe(false);
});

test('names are what the platform allows, and new', () => {
  expect(wrongName('ema-2', ['a'])).toBeNull();
  expect(wrongName('x'.repeat(64), [])).toBeNull();
  for (const name of ['', 'Ema', '2ema', '-a', 'a b', 'a_b', 'ä', 'x'.repeat(65)]) {
    expect([name, wrongName(name, [])]).toEqual([name, expect.any(String)]);
  }
  expect(wrongName('a', ['a'])).toBe("There is a strategy 'a' already.");
});

test('a save and a restore tell which version they ended with, a refusal tells nothing', async () => {
  const told: [string, number][] = [];
  const bench = new Workbench(platform, (name, version) => told.push([name, version]));
  platform.put('told', 'one');
  const opened = bench.open('told');
  await opened.load();
  opened.edit('two');
  await bench.save(opened);
  opened.edit('wrong');
  await bench.save(opened);
  opened.discard();
  await bench.restore(opened, 1);
  expect(told).toEqual([
    ['told', 2],
    ['told', 3],
  ]);
});

test('a strategy that is deleted is gone with what was typed into it', async () => {
  platform.put('b', 'two');
  const opened = workbench.open('a');
  await vi.waitFor(() => expect(opened.loading.value).toBe('ready'));
  opened.edit('typed');
  await workbench.delete('a');
  expect(workbench.list.value?.map(({ name }) => name)).toEqual(['b']);
  expect(workbench.hasUnsaved()).toBe(false);
  await expect(workbench.delete('a')).rejects.toThrow("unknown strategy 'a'");
});
