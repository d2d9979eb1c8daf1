import { signal, type ReadonlySignal } from '@preact/signals';

const ticking = signal(Date.now());
setInterval(() => (ticking.value = Date.now()), 500);

/** The wall clock in milliseconds, twice a second: for ages and countdowns. */
export const now: ReadonlySignal<number> = ticking;
