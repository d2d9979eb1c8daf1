import type { Loaded } from './loaded';
import './waiting.css';

interface Props {
  loaded: Loaded<unknown>;
  /** What is waited for, as in "The session cannot be shown". */
  what: string;
  onRetry(): void;
}

/** In place of what is not there yet: its room, or why it will not come. */
export function Waiting({ loaded, what, onRetry }: Props) {
  if (loaded.state !== 'failed') {
    return <div class="waiting-room skeleton" aria-busy="true" aria-label={`Loading ${what.toLowerCase()}`} />;
  }
  return (
    <div class="waiting-failed">
      <p role="alert">
        {what} cannot be shown: {loaded.detail}
      </p>
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}
