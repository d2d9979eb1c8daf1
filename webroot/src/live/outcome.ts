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
  const stays = event === 'cancel_refused' || event === 'amend_refused';
  const refused = event === 'refused' || stays;
  const refusal = refused ? [rule, reason].filter((part) => part !== null).join(': ') : null;
  return { text: stays ? words(event) : words(order.status), refusal };
}
