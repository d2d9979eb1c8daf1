import type { Side } from '../messages';

/** Buy or sell: arrow, word and colour. */
export function SideText({ side }: { side: Side }) {
  return side === 'buy' ? <span class="up">▲ Buy</span> : <span class="down">▼ Sell</span>;
}
