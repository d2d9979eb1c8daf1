import { useSignal } from '@preact/signals';
import { useDesk } from '../desk/context';
import { ActivityTabs } from './ActivityTabs';
import { ChartPanel } from './ChartPanel';
import { FirstSteps } from './FirstSteps';
import { SignalLog } from './SignalLog';
import { Empty, Failed, Skeleton } from './States';
import { SummaryLine } from './SummaryLine';
import './live.css';

/** The session on screen: its chart, its signals, and below what it holds, ordered, filled and wrote. */
export function LivePage({ onStart }: { onStart(): void }) {
  const desk = useDesk();
  const chosenSignal = useSignal<string | null>(null);
  const follower = desk.follower.value;
  const book = follower?.book.value;
  const listing = desk.listing.value;
  const problem = follower?.problem.value;
  if (follower && book) {
    const session = desk.session.value ?? book.session;
    return (
      <main class="live">
        <div class="session-notes">
          <FirstSteps followed={follower} book={book} session={session} />
          {session.ended_at !== null && session.summary && <SummaryLine summary={session.summary} />}
          {session.error && (
            <p role="alert" data-testid="session-error">
              <strong>Session failed</strong> {session.error}
            </p>
          )}
          {problem && (
            <p role="alert" data-testid="session-stale">
              <strong>Not up to date</strong> {problem}
              <button type="button" onClick={() => desk.retry()}>
                Try again
              </button>
            </p>
          )}
        </div>
        <ChartPanel key={session.session_id} followed={follower} book={book} onSignal={(id) => (chosenSignal.value = id)} />
        <SignalLog key={`log ${session.session_id}`} followed={follower} book={book} chosen={chosenSignal} />
        <section class="panel activity" aria-label="Activity">
          <ActivityTabs followed={follower} book={book} />
        </section>
      </main>
    );
  }
  if (problem) return <Failed text={problem} onRetry={() => desk.retry()} />;
  if (typeof listing === 'object') return <Failed text={listing.error} onRetry={() => desk.retry()} />;
  if (listing === 'ready' && !follower) return <Empty onStart={onStart} canStart={desk.canTrade.value} />;
  return <Skeleton />;
}
