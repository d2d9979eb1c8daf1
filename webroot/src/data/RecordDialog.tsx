import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { collectionsApi, STREAMS, type StreamKind } from '../api/collections';
import { Modal } from '../components/Modal';
import { useDesk } from '../desk/context';
import { PaceField } from '../live/PaceField';

interface Props {
  onClose(): void;
  onStarted(id: string): void;
}

/** Begins a recording. What was typed stays when the platform refuses it. */
export function RecordDialog({ onClose, onStarted }: Props) {
  const { backtests, canTrade } = useDesk();
  const data = useSignal('demo');
  const symbols = useSignal('BTCUSD');
  const streams = useSignal<readonly StreamKind[]>(STREAMS);
  const pace = useSignal(60);
  const max = useSignal(true);
  const busy = useSignal(false);
  const error = useSignal<string | null>(null);
  const sets = backtests.dataSets.value;
  useEffect(() => void backtests.loadDataSets(), []);
  const submit = async (): Promise<void> => {
    busy.value = true;
    error.value = null;
    try {
      const started = await collectionsApi.start({
        symbols: symbols.value.split(',').map((each) => each.trim()),
        streams: [...streams.value],
        data: data.value,
        acceleration: max.value ? 'max' : pace.value,
      });
      onStarted(started.session_id);
    } catch (problem) {
      error.value = problem instanceof Error ? problem.message : String(problem);
    } finally {
      busy.value = false;
    }
  };
  return (
    <Modal title="Record market data" testId="record-dialog" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div class="fields">
          <label class="field">
            <span>Data</span>
            <select
              required
              data-testid="record-data"
              value={data.value}
              onChange={({ currentTarget }) => {
                data.value = currentTarget.value;
                const known = sets?.find(({ id }) => id === currentTarget.value)?.symbols;
                if (known) symbols.value = known.join(', ');
                if (data.value.startsWith('mexc')) max.value = true; // the market has one pace
              }}
            >
              {(sets ?? []).map(({ id, about, problem }) => (
                <option key={id} value={id} disabled={problem !== null}>
                  {id.startsWith('recording:') ? `${id.slice(10)}, ${about}` : id}
                </option>
              ))}
              {sets === null && <option value="demo">demo</option>}
              <option value="mexc">mexc, live</option>
              <option value="mexc-futures">mexc-futures, live</option>
            </select>
          </label>
          <label class="field">
            <span>
              Symbols <small>with commas between</small>
            </span>
            <input
              type="text"
              required
              data-testid="record-symbols"
              value={symbols.value}
              onInput={({ currentTarget }) => (symbols.value = currentTarget.value)}
            />
          </label>
          <fieldset class="modes">
            <legend>Streams</legend>
            {STREAMS.map((stream) => (
              <label key={stream} class="check">
                <input
                  type="checkbox"
                  data-testid={`record-${stream}`}
                  checked={streams.value.includes(stream)}
                  onChange={({ currentTarget }) =>
                    (streams.value = STREAMS.filter((each) =>
                      each === stream ? currentTarget.checked : streams.value.includes(each),
                    ))
                  }
                />
                <span>{stream}</span>
              </label>
            ))}
          </fieldset>
          <PaceField
            pace={pace.value}
            max={max.value}
            testId="record-pace"
            onChange={(change) => {
              if (change.pace !== undefined) pace.value = change.pace;
              if (change.max !== undefined) max.value = change.max;
            }}
          />
        </div>
        {error.value && (
          <p class="form-error" role="alert" data-testid="record-error">
            {error.value}
          </p>
        )}
        <div class="dialog-buttons">
          <button type="button" data-testid="record-cancel" onClick={onClose}>
            Cancel
          </button>
          <button
            type="submit"
            class="primary"
            data-testid="record-submit"
            disabled={busy.value || !canTrade.value || streams.value.length === 0}
          >
            {busy.value ? 'Starting…' : 'Record'}
          </button>
        </div>
      </form>
    </Modal>
  );
}
