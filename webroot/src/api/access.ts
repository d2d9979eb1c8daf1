import { deleteJson, getJson, patchJson, postJson } from './http';

export type Permission = 'read' | 'strategies' | 'trade' | 'publish' | 'admin';
export type Role = 'viewer' | 'trader' | 'admin';

export interface Identity {
  user: string;
  role: Role;
  permissions: Permission[];
  /** Whether a password of their own must be chosen before anything else. */
  must_change: boolean;
}

export const whoAmI = (): Promise<Identity> => getJson('/api/me');

export const logIn = (user: string, password: string): Promise<Identity> => postJson('/api/login', { user, password });

export const logOut = (): Promise<unknown> => postJson('/api/logout', {});

export const changePassword = (current: string, password: string): Promise<unknown> =>
  postJson('/api/me/password', { current, password });

export interface User {
  user: string;
  role: Role;
  must_change: boolean;
  disabled: boolean;
  created_at: number;
}

export interface Token {
  token_id: string;
  user: string;
  kind: 'login' | 'client';
  label: string;
  permissions: Permission[];
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
}

export const listTokens = async (): Promise<Token[]> => (await getJson<{ tokens: Token[] }>('/api/tokens')).tokens;

export const revokeToken = (tokenId: string): Promise<unknown> => deleteJson(`/api/tokens/${tokenId}`);

export interface TokenWithSecret extends Token {
  secret: string;
}

export const createToken = (label: string, permissions: readonly Permission[]): Promise<TokenWithSecret> =>
  postJson('/api/tokens', { label, permissions });

export interface UserWithPassword extends User {
  one_time_password: string;
}

const userPath = (user: string): string => `/api/users/${encodeURIComponent(user)}`;

export const listUsers = async (): Promise<User[]> => (await getJson<{ users: User[] }>('/api/users')).users;

export const createUser = (user: string, role: Role): Promise<UserWithPassword> => postJson('/api/users', { user, role });

export const changeUser = (user: string, change: { role?: Role; disabled?: boolean }): Promise<User> =>
  patchJson(userPath(user), change);

export const resetPassword = (user: string): Promise<UserWithPassword> => postJson(`${userPath(user)}/reset-password`, {});

export const deleteUser = (user: string): Promise<unknown> => deleteJson(userPath(user));

export interface AuditRow {
  entry: number;
  at: number;
  /** Or `command line`, or `platform`. */
  user: string;
  token_id: string | null;
  remote: string | null;
  operation: string;
  target: string;
  /** What was sent, without secrets. */
  detail: string | null;
  /** Of the answer; null when there was none. */
  status: number | null;
  problem: string | null;
}

export const listAudit = (cursor: string | null): Promise<{ items: AuditRow[]; next_cursor: string | null }> =>
  getJson(`/api/audit${cursor === null ? '' : `?cursor=${cursor}`}`);
