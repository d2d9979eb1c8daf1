import { words } from '../format';
import type { OrderChange } from '../messages';

export interface Outcome {
  text: string;
  /** The rule that refused and its reason, or null. */
  refusal: string | null;
}

/** What became of an order, or of the signal that led to it. */
export function outcomeOf(change: OrderChange | undefined): Outcome {
  if (!change) return { text: 'no order', refusal: null };
  const { event, order, rule, reason } = change;
  const refused = event === 'refused' || event === 'cancel_refused';
  const refusal = refused ? [rule, reason].filter((part) => part !== null).join(': ') : null;
  return { text: event === 'cancel_refused' ? 'cancel refused' : words(order.status), refusal };
}
