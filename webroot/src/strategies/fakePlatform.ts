import { ApiError } from '../api/http';
import type { ListedStrategy, Saved, StrategiesApi, StrategyDetail, Version } from '../api/strategies';

/** The platform's side of strategies, for tests: keeps every version, refuses a stale base and what says `wrong`. */
export class FakePlatform implements StrategiesApi {
  readonly kept = new Map<string, { source: string; author: string }[]>();
  /** Every call fails with it while it is set. */
  down: string | null = null;

  /** Somebody else makes a version. */
  put(name: string, source: string, author = 'file'): number {
    const versions = this.kept.get(name) ?? [];
    this.kept.set(name, versions);
    return versions.push({ source, author });
  }

  list = async (): Promise<ListedStrategy[]> => {
    this.answer();
    return [...this.kept].map(([name, { length }]) => ({ name, version: length, about: null, error: null, parameters: {} }));
  };

  delete = async (name: string): Promise<unknown> => {
    this.answer();
    if (!this.kept.delete(name)) throw new ApiError(404, `unknown strategy '${name}'`);
    return {};
  };

  get = async (name: string, version?: number): Promise<StrategyDetail> => {
    this.answer();
    const versions = this.of(name);
    const number = version ?? versions.length;
    const found = versions[number - 1];
    if (!found) throw new ApiError(404, `unknown strategy '${name}'`);
    return { name, version: number, author: found.author, created_at: number, source: found.source, error: null };
  };

  save = async (name: string, source: string, base: number | null): Promise<Saved> => {
    this.answer();
    if (source.includes('wrong')) {
      const problem = { type: '/problems/validation', line: 2, column: 3, reason: 'SyntaxError: no' };
      throw new ApiError(400, `${name}.js:2:3: SyntaxError: no`, problem);
    }
    const latest = this.of(name).length || null;
    if (base !== latest) throw new ApiError(409, 'stale', { type: '/problems/conflict', latest });
    return { version: this.put(name, source, 'console'), changed: true, reloads: [] };
  };

  versions = async (name: string): Promise<Version[]> => {
    this.answer();
    return this.of(name)
      .map(({ author }, index) => ({ version: index + 1, author, created_at: index, restored_from: null }))
      .reverse();
  };

  restore = async (name: string, version: number, base: number): Promise<Saved> =>
    this.save(name, (await this.get(name, version)).source, base);

  private of(name: string): { source: string; author: string }[] {
    return this.kept.get(name) ?? [];
  }

  private answer(): void {
    if (this.down !== null) throw new ApiError(0, this.down);
  }
}
