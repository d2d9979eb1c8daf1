import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { timeZone } from './timeZone';

export type Theme = 'dark' | 'light';
export type ThemeChoice = Theme | 'system';
export type Palette = 'teal-orange' | 'green-red' | 'blue-orange' | 'red-green';

export const THEMES: readonly { id: ThemeChoice; title: string }[] = [
  { id: 'system', title: 'As the system has it' },
  { id: 'dark', title: 'Dark' },
  { id: 'light', title: 'Light' },
];

/** The colours of up and down; the first ones stay apart for every kind of colour blindness. */
export const PALETTES: readonly { id: Palette; title: string }[] = [
  { id: 'teal-orange', title: 'Teal and orange' },
  { id: 'blue-orange', title: 'Blue and orange' },
  { id: 'green-red', title: 'Green and red' },
  { id: 'red-green', title: 'Red is up' },
];

const THEME_KEY = 'theme';
const PALETTE_KEY = 'palette';
const preference = matchMedia('(prefers-color-scheme: light)');
const choice = signal<ThemeChoice>(stored(THEME_KEY, THEMES) ?? 'system');
const colours = signal<Palette>(stored(PALETTE_KEY, PALETTES) ?? 'teal-orange');

/** The theme on screen: the one chosen, else the one the system prefers. */
export const theme = signal<Theme>(current());
export const themeChoice: ReadonlySignal<ThemeChoice> = choice;
export const palette: ReadonlySignal<Palette> = colours;
/** Changes whenever colours or times do: what is drawn on a canvas is drawn anew. */
export const look = computed(() => `${theme.value} ${colours.value} ${timeZone.value}`);

preference.addEventListener('change', show);
show();

export function toggleTheme(): void {
  chooseTheme(theme.value === 'dark' ? 'light' : 'dark');
}

export function chooseTheme(wanted: ThemeChoice): void {
  choice.value = wanted;
  localStorage.setItem(THEME_KEY, wanted);
  show();
}

export function choosePalette(wanted: Palette): void {
  localStorage.setItem(PALETTE_KEY, wanted);
  document.documentElement.dataset['palette'] = wanted;
  colours.value = wanted;
}

function current(): Theme {
  return choice.value === 'system' ? (preference.matches ? 'light' : 'dark') : choice.value;
}

function show(): void {
  document.documentElement.dataset['theme'] = current();
  document.documentElement.dataset['palette'] = colours.value;
  theme.value = current();
}

function stored<T extends string>(key: string, known: readonly { id: T }[]): T | null {
  const value = localStorage.getItem(key);
  return known.find(({ id }) => id === value)?.id ?? null;
}
