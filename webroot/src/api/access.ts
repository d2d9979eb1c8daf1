import { deleteJson, getJson, postJson } from './http';

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
