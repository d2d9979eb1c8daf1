import type { Micros, SystemHealth } from '../messages';
import { getJson } from './http';

export interface SystemInfo {
  version?: string;
  started_at?: Micros;
  uptime_seconds: number | null;
  java: { version: string; vendor: string; processors: number; heap_max: number };
  engine: { compiled: boolean; description: string };
  database: { server: string; schema: string; bytes: number };
  configuration?: Record<string, unknown>;
}

export interface SystemLogLine {
  /** From 1 since the start. */
  number: number;
  time: Micros;
  level: 'trace' | 'debug' | 'info' | 'warn' | 'error';
  logger: string;
  message: string;
  session_id: string | null;
  signal_id: string | null;
  /** Class and message of what was thrown. */
  error: string | null;
}

export interface SystemLogPage {
  items: SystemLogLine[];
  next_cursor: string | null;
}

/** The calls about the platform itself, as one value: a test puts its own in their place. */
export const systemApi = {
  health: (): Promise<SystemHealth> => getJson('/api/system/health'),

  info: (): Promise<SystemInfo> => getJson('/api/system/info'),

  log: (level: 'info' | 'warn', cursor?: string): Promise<SystemLogPage> =>
    getJson(`/api/system/log?level=${level}&limit=50${cursor === undefined ? '' : `&cursor=${cursor}`}`),
};

export type SystemApi = typeof systemApi;
