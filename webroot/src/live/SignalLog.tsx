import { useSignal, type Signal as Watched } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Signal } from '../messages';
import type { SessionBook } from '../session/book';
import type { Followed } from '../session/follower';
import { outcomeOf } from './outcome';
import { SignalRow } from './SignalRow';
import './signals.css';

interface Props {
  followed: Followed;
  book: SessionBook;
  /** The signal to show, as after a click on its fill. */
  chosen: Watched<string | null>;
}

const ROWS = 500;

/** Why the strategies wanted to act, and what became of it; newest first. Stands still while it is scrolled. */
export function SignalLog({ followed, book, chosen }: Props) {
  const filter = useSignal('');
  const held = useSignal<readonly Signal[] | null>(null);
  const list = useRef<HTMLDivElement>(null);
  void followed.frame.value;
  const newest = book.signals.list();
  const signals = held.value ?? newest;
  const wanted = filter.value.trim().toLowerCase();
  const shown = (wanted ? signals.filter((signal) => textOf(signal, book).includes(wanted)) : signals).slice(0, ROWS);
  const unseen = held.value ? newest.length - held.value.length : 0;

  useEffect(() => {
    if (chosen.value === null) return;
    held.value = newest;
    filter.value = '';
    requestAnimationFrame(() => list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'center' }));
  }, [chosen.value]);

  const onScroll = (): void => {
    const scrolled = (list.current?.scrollTop ?? 0) > 0;
    if (scrolled && !held.value) held.value = newest;
    if (!scrolled) held.value = null;
  };
  return (
    <section class="panel signals" aria-label="Signals">
      <div class="panel-head">
        <h2>
          Signals <span class="count">{book.signals.total}</span>
        </h2>
        <input
          type="search"
          placeholder="Filter"
          aria-label="Filter signals"
          value={filter.value}
          onInput={(event) => (filter.value = event.currentTarget.value)}
        />
      </div>
      <div class="panel-body signal-scroll" ref={list} onScroll={onScroll} tabIndex={0} role="region" aria-label="Signal log">
        {shown.length === 0 ? (
          <p class="empty-line">{wanted ? 'No signal matches the filter.' : 'No strategy has raised a signal yet.'}</p>
        ) : (
          <ol>
            {shown.map((signal) => (
              <SignalRow
                key={signal.signal_id}
                signal={signal}
                change={book.orderOfSignal.get(signal.signal_id)}
                current={signal.signal_id === chosen.value}
              />
            ))}
          </ol>
        )}
      </div>
      {unseen > 0 && (
        <button type="button" class="unseen" onClick={() => list.current?.scrollTo({ top: 0 })}>
          {unseen} new ↑
        </button>
      )}
    </section>
  );
}

function textOf({ signal_id, name, reason, strategy, symbol }: Signal, book: SessionBook): string {
  const { text, refusal } = outcomeOf(book.orderOfSignal.get(signal_id));
  return [name, reason, strategy, symbol, text, refusal].join(' ').toLowerCase();
}
