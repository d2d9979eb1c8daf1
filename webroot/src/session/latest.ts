export const KEPT = 5_000;

/**
 * The newest things by key, in the order in which they first came; the oldest are let go.
 *
 * The array given out is the same until something changes.
 */
export class Latest<T> {
  /** How many there have been, with those let go. */
  total = 0;
  private readonly byKey = new Map<string, T>();
  private cached: readonly T[] | null = null;

  put(key: string, value: T): void {
    if (!this.byKey.has(key)) {
      this.total++;
      if (this.byKey.size >= KEPT) this.byKey.delete(this.byKey.keys().next().value as string);
    }
    this.byKey.set(key, value);
    this.cached = null;
  }

  get(key: string): T | undefined {
    return this.byKey.get(key);
  }

  /** Newest first. */
  list(): readonly T[] {
    this.cached ??= [...this.byKey.values()].reverse();
    return this.cached;
  }
}
