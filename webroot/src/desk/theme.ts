import { signal } from '@preact/signals';

export type Theme = 'dark' | 'light';

const KEY = 'theme';
const preference = matchMedia('(prefers-color-scheme: light)');
const chosen = signal<Theme | null>(readChoice());

/** The theme on screen: the one chosen, else the one the system prefers. */
export const theme = signal<Theme>(current());

preference.addEventListener('change', show);
show();

export function toggleTheme(): void {
  chosen.value = theme.value === 'dark' ? 'light' : 'dark';
  localStorage.setItem(KEY, chosen.value);
  show();
}

function current(): Theme {
  return chosen.value ?? (preference.matches ? 'light' : 'dark');
}

function show(): void {
  document.documentElement.dataset['theme'] = current();
  theme.value = current();
}

function readChoice(): Theme | null {
  const stored = localStorage.getItem(KEY);
  return stored === 'dark' || stored === 'light' ? stored : null;
}
