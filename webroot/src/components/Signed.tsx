import { directionOf, signedMoney } from '../format';
import type { Decimal } from '../messages';

/** An amount that may be gain or loss: sign, arrow and colour. */
export function Signed({ value, testId }: { value: Decimal | number | null; testId?: string }) {
  return (
    <span class={value === null ? 'flat' : directionOf(value)} data-testid={testId}>
      {signedMoney(value)}
    </span>
  );
}
