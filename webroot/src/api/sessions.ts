import type { SessionState } from '../messages';
import { getJson, postJson } from './http';

export interface Engine {
  compiled: boolean;
  description: string;
}

export interface ExecutionStatus {
  engine: Engine;
  sessions: SessionState[];
}

export interface Parameter {
  type: 'int' | 'float' | 'bool' | 'choice' | 'string';
  default: ParameterValue;
  min?: number;
  max?: number;
  step?: number;
  options?: ParameterValue[];
}

export type ParameterValue = string | number | boolean;

export interface Strategy {
  name: string;
  /** Why it cannot run, or null. */
  error: string | null;
  parameters: Record<string, Parameter>;
}

export interface StartSession {
  mode: 'backtest' | 'paper' | 'live';
  symbols: string[];
  strategies: { name: string; parameters: Record<string, ParameterValue> }[];
  budget: string;
  data: string;
  acceleration: 'max' | number;
  account?: { margin: { leverage: string; maintenance: { rate: string } } };
  /** The word LIVE, without which no real money is traded with. */
  confirmation?: string;
}

export interface SessionStarted {
  session_id: string;
  already_running?: boolean;
}

export interface SessionStopped {
  session_id: string;
  status: string;
  already_stopped: boolean;
}

export const executionStatus = (): Promise<ExecutionStatus> => getJson('/sessions/execution-status');

export const listStrategies = async (): Promise<Strategy[]> =>
  (await getJson<{ strategies: Strategy[] }>('/api/strategies')).strategies;

export const startSession = (order: StartSession): Promise<SessionStarted> => postJson('/sessions/start', order);

export const stopSession = (sessionId: string): Promise<SessionStopped> =>
  postJson('/sessions/stop', { session_id: sessionId });
