import { signal } from '@preact/signals';
import { ApiError } from '../api/http';
import type { ListedStrategy, StrategiesApi } from '../api/strategies';
import { OpenStrategy } from './openStrategy';
import { template } from './template';

/** The strategies there are and those that were opened, with their drafts; outlives the page that shows it. */
export class Workbench {
  readonly list = signal<readonly ListedStrategy[] | null>(null);
  /** Why the list did not come, or null. */
  readonly problem = signal<string | null>(null);
  readonly opened = signal<ReadonlyMap<string, OpenStrategy>>(new Map());

  /** @param onSaved hears of the version that a save or a restore ended with */
  constructor(
    private readonly api: StrategiesApi,
    private readonly onSaved: (name: string, version: number) => void = () => undefined,
  ) {}

  async refresh(): Promise<void> {
    try {
      const list = await this.api.list();
      this.list.value = list;
      this.problem.value = null;
      list.forEach((listed) => this.catchUp(listed));
    } catch (error) {
      this.problem.value = error instanceof ApiError ? error.message : String(error);
    }
  }

  /** The strategy to edit; read from the platform when it is opened for the first time. */
  open(name: string): OpenStrategy {
    const known = this.opened.peek().get(name);
    if (known) return known;
    const opened = new OpenStrategy(name, this.api);
    this.put(opened);
    void opened.load();
    return opened;
  }

  /** A new strategy, as a draft: nothing is on the platform before it is saved. */
  create(name: string): void {
    this.put(OpenStrategy.draft(name, template(name), this.api));
  }

  /** Forgets what was opened. */
  drop(name: string): void {
    const rest = new Map(this.opened.peek());
    rest.delete(name);
    this.opened.value = rest;
  }

  /** Takes a strategy out of the list; what was typed into it is gone. */
  async delete(name: string): Promise<void> {
    await this.api.delete(name);
    this.drop(name);
    await this.refresh();
  }

  async save(strategy: OpenStrategy, how: 'save' | 'overwrite' = 'save'): Promise<void> {
    await strategy[how]();
    this.tell(strategy);
    await this.refresh();
  }

  async restore(strategy: OpenStrategy, version: number): Promise<void> {
    await strategy.restore(version);
    this.tell(strategy);
    await this.refresh();
  }

  private tell({ name, outcome }: OpenStrategy): void {
    const became = outcome.peek();
    if (became?.kind === 'saved') this.onSaved(name, became.saved.version);
  }

  /** Drafts that are not on the platform yet. */
  drafts(): OpenStrategy[] {
    const listed = new Set(this.list.value?.map(({ name }) => name));
    return [...this.opened.value.values()].filter(
      ({ name, base, loading }) => loading.value === 'ready' && base.value.version === null && !listed.has(name),
    );
  }

  hasUnsaved(): boolean {
    return [...this.opened.peek().values()].some(({ dirty }) => dirty.peek());
  }

  /** A strategy in which nothing was typed follows the versions that others make. */
  private catchUp({ name, version, error }: ListedStrategy): void {
    const opened = this.opened.peek().get(name);
    if (!opened || opened.dirty.peek() || opened.saving.peek()) return;
    const stale = opened.base.peek().version !== version || (opened.fileError.peek()?.detail ?? null) !== error;
    if (stale || opened.loading.peek() !== 'ready') void opened.load();
  }

  private put(strategy: OpenStrategy): void {
    this.opened.value = new Map(this.opened.peek()).set(strategy.name, strategy);
  }
}
