import type { Order, RiskAlert } from '../messages';
import { postJson } from './http';

/** What people do in a session by hand; each may fail with the platform's reason as an ApiError. */

export type KillAction = 'cancel' | 'close';

export const killSwitch = (sessionId: string, action: KillAction, reason: string): Promise<unknown> =>
  postJson(`/api/sessions/${sessionId}/kill-switch`, { action, reason });

export const release = (sessionId: string, reason: string): Promise<unknown> =>
  postJson(`/api/sessions/${sessionId}/release`, { reason });

export const closePosition = (sessionId: string, positionId: string, reason: string): Promise<Order> =>
  postJson(`/api/trading/positions/${positionId}/close`, { session_id: sessionId, reason });

export const closeAll = (sessionId: string, reason: string): Promise<{ orders: Order[] }> =>
  postJson(`/api/sessions/${sessionId}/close-all`, { reason });

export const cancelOrder = (sessionId: string, orderId: string, reason: string): Promise<Order> =>
  postJson(`/api/trading/orders/${orderId}/cancel`, { session_id: sessionId, reason });

export const cancelAll = (sessionId: string, reason: string): Promise<{ orders: Order[] }> =>
  postJson(`/api/sessions/${sessionId}/cancel-all`, { reason });

interface Acknowledged {
  acknowledged_at: number;
  acknowledged_by: string;
}

/** The first to say so stands. */
export async function acknowledge(alert: RiskAlert): Promise<RiskAlert> {
  const { session_id, seq, index } = alert;
  const seen = await postJson<Acknowledged>('/api/risk/alerts/acknowledge', { session_id, seq, index });
  return { ...alert, acknowledged_at: seen.acknowledged_at, acknowledged_by: seen.acknowledged_by };
}
