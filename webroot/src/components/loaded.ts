import { signal, type ReadonlySignal } from '@preact/signals';

/** What was asked for: not there yet, there, or why not. */
export type Loaded<T> = { state: 'loading' } | { state: 'ready'; value: T } | { state: 'failed'; detail: string };

/** Something that is asked for, and asked for again; what was there stays until the answer comes. */
export class Loader<T> {
  private readonly current = signal<Loaded<T>>({ state: 'loading' });
  private ticket = 0;

  constructor(private readonly ask: () => Promise<T>) {}

  get now(): ReadonlySignal<Loaded<T>> {
    return this.current;
  }

  async load(): Promise<void> {
    const ticket = ++this.ticket;
    if (this.current.peek().state === 'failed') this.current.value = { state: 'loading' };
    const answer = await this.ask().then(
      (value): Loaded<T> => ({ state: 'ready', value }),
      (error: unknown): Loaded<T> => ({ state: 'failed', detail: error instanceof Error ? error.message : String(error) }),
    );
    if (ticket === this.ticket) this.current.value = answer;
  }
}
