import { signal } from '@preact/signals';
import { useDesk } from '../desk/context';
import { hashOf } from '../desk/route';
import { isActive } from '../desk/sessionList';
import { dateTime } from '../format';
import type { SessionState } from '../messages';
import type { SessionBook } from '../session/book';
import type { Followed } from '../session/follower';

const KEY = 'first-steps';
const dismissed = signal(localStorage.getItem(KEY) === 'dismissed');

interface Props {
  followed: Followed;
  book: SessionBook;
  session: SessionState;
}

/** Where to begin, over the replay that the first start begins; until it is dismissed, once and for all. */
export function FirstSteps({ followed, book, session }: Props) {
  const desk = useDesk();
  void followed.frame.value;
  const [strategy] = session.strategies;
  const isDemo = session.mode === 'paper' && session.data === 'demo' && isActive(session);
  if (dismissed.value || !isDemo || !strategy || !desk.account.mayEdit.value) return null;
  const changed = book.statuses.list().find(({ kind }) => kind === 'reloaded');
  const onDismiss = (): void => {
    dismissed.value = true;
    localStorage.setItem(KEY, 'dismissed');
  };
  return (
    <p class="first-steps" data-testid="first-steps" aria-live="polite">
      {changed ? (
        <>
          <strong>Your version runs</strong>
          <span>
            What {changed.strategy} does since {dateTime(changed.time)} is what you saved.
          </span>
        </>
      ) : (
        <>
          <strong>This is a demo</strong>
          <span>It replays recorded trades. Edit this strategy, save, and watch it change here.</span>
        </>
      )}
      <a href={hashOf({ page: 'strategies', rest: strategy.strategy })} data-testid="first-steps-edit">
        Edit {strategy.strategy}
      </a>
      <button type="button" class="quiet" data-testid="first-steps-dismiss" onClick={onDismiss}>
        Dismiss
      </button>
    </p>
  );
}
