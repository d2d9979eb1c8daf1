import { useSignal } from '@preact/signals';
import { collectionsApi, STREAMS, type StreamKind } from '../api/collections';
import { Modal } from '../components/Modal';
import { useDesk } from '../desk/context';

interface Props {
  onClose(): void;
  onImported(id: string): void;
}

/** Takes a file of CSV or Parquet in. All of it is kept, or none; what is wrong stays in the dialog. */
export function ImportDialog({ onClose, onImported }: Props) {
  const { connected } = useDesk();
  const file = useSignal<File | null>(null);
  const symbol = useSignal('BTCUSD');
  const kind = useSignal<StreamKind | ''>('');
  const busy = useSignal(false);
  const error = useSignal<string | null>(null);
  const submit = async (): Promise<void> => {
    const chosen = file.peek();
    if (chosen === null) return;
    busy.value = true;
    error.value = null;
    try {
      const imported = await collectionsApi.importFile(chosen, symbol.value.trim(), kind.value);
      onImported(imported.session_id);
    } catch (problem) {
      error.value = problem instanceof Error ? problem.message : String(problem);
    } finally {
      busy.value = false;
    }
  };
  return (
    <Modal title="Import a file" testId="import-dialog" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div class="fields">
          <label class="field import-file">
            <span>
              File <small>CSV or Parquet of trades, quotes, order books or bars, at most 100 MB</small>
            </span>
            <input
              type="file"
              accept=".csv,.parquet,text/csv,application/vnd.apache.parquet"
              required
              data-testid="import-file"
              onChange={({ currentTarget }) => (file.value = currentTarget.files?.[0] ?? null)}
            />
          </label>
          <label class="field">
            <span>Symbol</span>
            <input
              type="text"
              required
              data-testid="import-symbol"
              value={symbol.value}
              onInput={({ currentTarget }) => (symbol.value = currentTarget.value)}
            />
          </label>
          <label class="field">
            <span>Kind</span>
            <select
              data-testid="import-kind"
              value={kind.value}
              onChange={({ currentTarget }) => (kind.value = currentTarget.value as StreamKind | '')}
            >
              <option value="">as its columns say</option>
              {STREAMS.map((stream) => (
                <option key={stream} value={stream}>
                  {stream}
                </option>
              ))}
            </select>
          </label>
        </div>
        <p class="data-hint">
          Its columns, which the first line of CSV names: <code>time,price,amount</code>, <code>time,bid,ask,bid_size,ask_size</code>,{' '}
          <code>time,first_id,last_id,bids,asks</code> or <code>timestamp_ms,open,high,low,close,volume</code>.
        </p>
        {error.value && (
          <p class="form-error" role="alert" data-testid="import-error">
            {error.value}
          </p>
        )}
        <div class="dialog-buttons">
          <button type="button" data-testid="import-cancel" onClick={onClose}>
            Cancel
          </button>
          <button
            type="submit"
            class="primary"
            data-testid="import-submit"
            disabled={busy.value || file.value === null || !connected.value}
          >
            {busy.value ? 'Importing…' : 'Import'}
          </button>
        </div>
      </form>
    </Modal>
  );
}
