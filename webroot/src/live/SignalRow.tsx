import { Component } from 'preact';
import { dateTime } from '../format';
import type { OrderChange, Signal } from '../messages';
import { outcomeOf } from './outcome';

interface Props {
  signal: Signal;
  change: OrderChange | undefined;
  current: boolean;
}

/** One signal: what and when, then why; a refusal has a line more, with its rule. */
export class SignalRow extends Component<Props> {
  override shouldComponentUpdate(next: Props): boolean {
    const { signal, change, current } = this.props;
    return next.signal !== signal || next.change !== change || next.current !== current;
  }

  override render({ signal, change, current }: Props) {
    const { text, refusal } = outcomeOf(change);
    const why = signal.reason || 'no reason given';
    return (
      <li
        class={refusal ? 'signal with-refusal' : 'signal'}
        data-testid="signal-row"
        data-signal-id={signal.signal_id}
        aria-current={current || undefined}
      >
        <p>
          <time>{dateTime(signal.time).slice(5)}</time>
          <strong>{signal.name}</strong>
          <span class="where">
            {signal.by === null ? signal.strategy : `${signal.strategy}, by ${signal.by}`} {signal.symbol}
          </span>
          <span class={refusal ? 'outcome refused' : 'outcome'}>{refusal ? `✕ ${text}` : text}</span>
        </p>
        <p class="why" title={why}>
          {why}
        </p>
        {refusal && (
          <p class="why refused" title={refusal}>
            {refusal}
          </p>
        )}
      </li>
    );
  }
}
