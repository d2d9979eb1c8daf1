import { beforeEach, expect, test, vi } from 'vitest';
import type { Settings } from '../api/settings';
import { confirmCancel, Preferences } from './preferences';
import { chooseTheme, themeChoice } from './theme';
import { chooseTimeZone, timeZone } from './timeZone';

const KEPT: Settings = { theme: 'light', palette: 'teal-orange', time_zone: 'Asia/Tokyo', confirm_cancel: true };

/** The page's theme needs a browser. */
vi.mock('./theme', async () => {
  const { signal } = await import('@preact/signals');
  const themeChoice = signal('system');
  const palette = signal('teal-orange');
  return {
    themeChoice,
    palette,
    chooseTheme: (wanted: string) => (themeChoice.value = wanted),
    choosePalette: (wanted: string) => (palette.value = wanted),
  };
});

beforeEach(() => {
  chooseTheme('system');
  chooseTimeZone('UTC');
  confirmCancel.value = false;
});

test('what the platform keeps is taken over, and not sent back', async () => {
  const save = vi.fn();
  const preferences = new Preferences({ get: async () => KEPT, save }, expect.unreachable);
  await preferences.load();
  expect([themeChoice.value, timeZone.value, confirmCancel.value]).toEqual(['light', 'Asia/Tokyo', true]);
  expect(save).not.toHaveBeenCalled();
});

test('what is chosen is kept at once', async () => {
  const save = vi.fn(async (settings: Settings) => settings);
  const preferences = new Preferences({ get: async () => KEPT, save }, expect.unreachable);
  chooseTheme('dark');
  expect(save).not.toHaveBeenCalled(); // nobody has logged in
  await preferences.load();
  chooseTimeZone('Europe/Berlin');
  expect(save.mock.lastCall).toEqual([{ ...KEPT, time_zone: 'Europe/Berlin' }]);
});

test('a platform that cannot is told about', async () => {
  const told = vi.fn();
  const broken = async (): Promise<never> => {
    throw new Error('no database');
  };
  await new Preferences({ get: broken, save: broken }, told).load();
  expect(told).toHaveBeenLastCalledWith('Your settings could not be read: no database');
  const preferences = new Preferences({ get: async () => KEPT, save: broken }, told);
  await preferences.load();
  chooseTheme('dark');
  await vi.waitFor(() =>
    expect(told).toHaveBeenLastCalledWith('Your settings are kept in this browser only: no database'),
  );
});
