/** After `g`, the key of a page counts for so long. */
export const PAUSE_MS = 1_500;

export interface Stroke {
  key: string;
  /** In milliseconds, of any clock. */
  at: number;
  /** With Ctrl, Alt or Cmd: somebody else's. */
  modified: boolean;
  typing: boolean;
}

/** Recognises `g` and then the key of a page. */
export class PageKeys {
  private armedAt = -Infinity;

  constructor(private readonly pageOf: (key: string) => string | undefined) {}

  /** The page to go to, if this stroke completes one. */
  press({ key, at, modified, typing }: Stroke): string | undefined {
    const armed = at - this.armedAt <= PAUSE_MS;
    this.armedAt = -Infinity;
    if (modified || typing) return undefined;
    if (key === 'g') {
      this.armedAt = at;
      return undefined;
    }
    return armed ? this.pageOf(key) : undefined;
  }
}
