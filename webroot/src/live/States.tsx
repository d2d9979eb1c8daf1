/** There is nothing to show: one sentence, one action. */
export function Empty({ onStart, canStart }: { onStart(): void; canStart: boolean }) {
  return (
    <main class="live-state" data-testid="empty-state">
      <p>No session has run yet. A replay of recorded data shows a strategy at work within seconds.</p>
      <button type="button" class="primary" data-testid="empty-start" disabled={!canStart} onClick={onStart}>
        Start a replay
      </button>
    </main>
  );
}

export function Failed({ text, onRetry }: { text: string; onRetry(): void }) {
  return (
    <main class="live-state" data-testid="error-state">
      <p role="alert">The session cannot be shown: {text}</p>
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    </main>
  );
}

/** The page in its final size while the snapshot is under way. */
export function Skeleton() {
  return (
    <main class="live" aria-busy="true" aria-label="Loading the session" data-testid="loading-state">
      <div class="panel chart-panel skeleton" />
      <div class="panel signals skeleton" />
      <div class="panel activity skeleton" />
    </main>
  );
}
