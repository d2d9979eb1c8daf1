import { batch, computed, signal } from '@preact/signals';
import { ApiError } from '../api/http';
import type { Saved, ScriptError, StrategiesApi, StrategyDetail, Version } from '../api/strategies';
import { toEditor, toFile } from './lines';

/** The version that the text in the editor began as; null when there is none yet. */
export interface Base {
  version: number | null;
  author: string | null;
  source: string;
}

/** What became of the last save or restore. */
export type Outcome =
  | { kind: 'saved'; saved: Saved; restored: number | null }
  /** The source is wrong: nothing was saved. */
  | { kind: 'refused'; error: ScriptError }
  /** It did not get that far. */
  | { kind: 'failed'; detail: string };

/** Somebody made a version since the one that was edited. */
export interface Conflict {
  theirs: Base;
}

/** What the text is held against on screen. */
export type Comparison = { with: 'theirs' } | { with: number };

/** One strategy in the editor: its text, the version it is based on, and what became of the last save. */
export class OpenStrategy {
  readonly loading = signal<'loading' | 'ready' | { error: string }>('loading');
  readonly base = signal<Base>({ version: null, author: null, source: '' });
  /** As it stands in the editor, typed or not. */
  readonly text = signal('');
  readonly dirty = computed(() => this.loading.value === 'ready' && this.text.value !== toEditor(this.base.value.source));
  readonly saving = signal(false);
  readonly outcome = signal<Outcome | null>(null);
  readonly conflict = signal<Conflict | null>(null);
  /** What is wrong with the file when it was changed outside; the version here is what runs. */
  readonly fileError = signal<ScriptError | null>(null);
  /** What is wrong with the text in the editor, as far as the platform has seen it. */
  readonly mark = computed<ScriptError | null>(() => {
    const outcome = this.outcome.value;
    if (outcome?.kind === 'refused') return outcome.error;
    return this.base.value.version === null ? this.fileError.value : null;
  });
  readonly comparison = signal<Comparison | null>(null);
  readonly versions = signal<readonly Version[] | { error: string } | null>(null);
  /** The newest version anybody is known to have made: what new sessions start. */
  readonly latest = computed<number | null>(() => {
    const versions = this.versions.value;
    const newest = versions && !('error' in versions) ? versions[0]?.version : undefined;
    const known = [this.base.value.version, this.conflict.value?.theirs.version, newest];
    return known.reduce<number | null>((most, each) => (each != null && each > (most ?? 0) ? each : most), null);
  });
  private asked = 0;

  constructor(
    readonly name: string,
    private readonly api: StrategiesApi,
  ) {}

  /** A strategy that is not on the platform yet. */
  static draft(name: string, text: string, api: StrategiesApi): OpenStrategy {
    const draft = new OpenStrategy(name, api);
    draft.text.value = text;
    draft.loading.value = 'ready';
    return draft;
  }

  /** Shows the latest version; text that was typed stays on the version it began as. */
  async load(): Promise<void> {
    const ticket = ++this.asked;
    try {
      const detail = await this.api.get(this.name);
      if (ticket === this.asked && !this.dirty.peek() && !this.saving.peek()) this.show(detail);
    } catch (error) {
      if (ticket === this.asked && this.loading.peek() !== 'ready') this.loading.value = { error: sentence(error) };
    }
  }

  async retry(): Promise<void> {
    this.loading.value = 'loading';
    await this.load();
  }

  edit(text: string): void {
    this.text.value = text;
  }

  async save(): Promise<void> {
    await this.saveOn(this.base.peek().version);
  }

  /** Makes this text the version after theirs. */
  async overwrite(): Promise<void> {
    const conflict = this.conflict.peek();
    if (conflict) await this.saveOn(conflict.theirs.version);
  }

  takeTheirs(): void {
    const conflict = this.conflict.peek();
    if (conflict) this.begin(conflict.theirs);
  }

  /** Back to the version that was edited. */
  discard(): void {
    this.begin(this.base.peek());
  }

  /** Makes an older version the newest; only without unsaved text, which would be lost. */
  async restore(version: number): Promise<void> {
    const { version: base } = this.base.peek();
    if (base === null || this.dirty.peek()) return;
    await this.attempt(async () => {
      const saved = await this.api.restore(this.name, version, base);
      this.begin(baseOf(await this.api.get(this.name)));
      this.outcome.value = { kind: 'saved', saved, restored: version };
    });
  }

  async loadVersions(): Promise<void> {
    try {
      this.versions.value = await this.api.versions(this.name);
    } catch (error) {
      this.versions.value = { error: sentence(error) };
    }
  }

  async sourceOf(version: number): Promise<string> {
    return toEditor((await this.api.get(this.name, version)).source);
  }

  private async saveOn(version: number | null): Promise<void> {
    const text = this.text.peek();
    const source = toFile(text, this.base.peek().source);
    await this.attempt(async () => {
      const saved = await this.api.save(this.name, source, version);
      batch(() => {
        this.base.value = { version: saved.version, author: 'you', source };
        this.conflict.value = null;
        this.comparison.value = null;
        this.fileError.value = null;
        this.outcome.value = { kind: 'saved', saved, restored: null };
      });
    });
  }

  private async attempt(action: () => Promise<void>): Promise<void> {
    if (this.saving.peek()) return;
    this.saving.value = true;
    this.asked++; // an answer on its way is older than what comes of this
    this.outcome.value = null;
    try {
      await action();
    } catch (error) {
      await this.failed(error);
    } finally {
      this.saving.value = false;
      if (this.versions.peek()) void this.loadVersions();
    }
  }

  private async failed(error: unknown): Promise<void> {
    const problem = error instanceof ApiError ? error.problem : {};
    if (problem.type === '/problems/conflict' && problem.latest !== undefined) {
      try {
        this.conflict.value = { theirs: baseOf(await this.api.get(this.name)) };
        return;
      } catch (then) {
        error = then;
      }
    }
    this.outcome.value =
      problem.reason === undefined
        ? { kind: 'failed', detail: sentence(error) }
        : {
            kind: 'refused',
            error: {
              detail: sentence(error),
              line: problem.line ?? null,
              column: problem.column ?? null,
              reason: problem.reason,
            },
          };
  }

  private show(detail: StrategyDetail): void {
    batch(() => {
      this.begin(baseOf(detail));
      this.fileError.value = detail.error;
      this.loading.value = 'ready';
    });
    if (this.versions.peek()) void this.loadVersions();
  }

  private begin(base: Base): void {
    batch(() => {
      this.base.value = base;
      this.text.value = toEditor(base.source);
      this.conflict.value = null;
      this.comparison.value = null;
      this.outcome.value = null;
    });
  }
}

const baseOf = ({ version, author, source }: StrategyDetail): Base => ({ version, author, source });

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));
