import { useDesk } from '../desk/context';

/** What went wrong and what is worth knowing; each line stays until it is dismissed. */
export function AlertStrip() {
  const { alerts } = useDesk();
  return (
    <div class="alerts" aria-live="polite" data-testid="alerts">
      {alerts.list.value.map(({ id, level, text, count }) => (
        <p key={id} class={`alert ${level}`} data-testid="alert">
          <strong>{level === 'error' ? 'Error' : 'Note'}</strong>
          <span>
            {text}
            {count > 1 && ` (${count} times)`}
          </span>
          <button type="button" class="quiet" onClick={() => alerts.dismiss(id)}>
            Dismiss
          </button>
        </p>
      ))}
    </div>
  );
}
