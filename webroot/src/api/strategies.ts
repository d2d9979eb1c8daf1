import type { Micros } from '../messages';
import { deleteJson, getJson, postJson, putJson } from './http';
import type { Strategy } from './sessions';

export interface ListedStrategy extends Strategy {
  /** The one that new sessions start; null when there is none that can be used. */
  version: number | null;
  /** First sentence of the comment on top of the source. */
  about: string | null;
}

export interface ScriptError {
  detail: string;
  /** From 1; null when there is no place to name. */
  line: number | null;
  column: number | null;
  reason: string;
}

export interface StrategyDetail {
  name: string;
  /** Null while the file of a new strategy cannot be used; then the source is the file's. */
  version: number | null;
  author: string | null;
  created_at: Micros | null;
  source: string;
  error: ScriptError | null;
}

export interface Version {
  version: number;
  /** console, file for an edited file, command line, or a name. */
  author: string;
  created_at: Micros;
  restored_from: number | null;
}

export interface Reload {
  session_id: string;
  instance: string;
  ok: boolean;
  message: string | null;
}

export interface Saved {
  version: number;
  /** False when the source was that of the latest already. */
  changed: boolean;
  reloads: Reload[];
}

const path = (name: string): string => `/api/strategies/${encodeURIComponent(name)}`;

/** The calls about strategies, as one value: a test puts its own in their place. */
export const strategiesApi = {
  list: async (): Promise<ListedStrategy[]> =>
    (await getJson<{ strategies: ListedStrategy[] }>('/api/strategies')).strategies,

  delete: (name: string): Promise<unknown> => deleteJson(path(name)),

  get: (name: string, version?: number): Promise<StrategyDetail> =>
    getJson(path(name) + (version === undefined ? '' : `?version=${version}`)),

  save: (name: string, source: string, base: number | null): Promise<Saved> => putJson(path(name), { source, base }),

  versions: async (name: string): Promise<Version[]> =>
    (await getJson<{ versions: Version[] }>(`${path(name)}/versions`)).versions,

  restore: (name: string, version: number, base: number): Promise<Saved> =>
    postJson(`${path(name)}/restore`, { version, base }),
};

export type StrategiesApi = typeof strategiesApi;
