import { useSignal } from '@preact/signals';
import { collectionsApi, type Collection } from '../api/collections';
import { useDesk } from '../desk/context';
import { isOver } from './recordings';

/** Ends a recording; what it has is kept, so nobody is asked twice. */
export function StopButton({ collection }: { collection: Collection }) {
  const { alerts, canTrade } = useDesk();
  const busy = useSignal(false);
  if (isOver(collection)) return null;
  const stop = async (): Promise<void> => {
    busy.value = true;
    try {
      await collectionsApi.stop(collection.session_id);
    } catch (error) {
      alerts.raise('error', error instanceof Error ? error.message : String(error));
    } finally {
      busy.value = false;
    }
  };
  return (
    <button
      type="button"
      data-testid="stop-recording"
      aria-label={`Stop ${collection.session_id}`}
      disabled={busy.value || !canTrade.value || collection.status === 'stopping'}
      onClick={() => void stop()}
    >
      Stop
    </button>
  );
}
