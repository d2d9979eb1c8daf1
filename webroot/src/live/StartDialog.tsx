import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { listStrategies, type Strategy } from '../api/sessions';
import { Modal } from '../components/Modal';
import { useDesk } from '../desk/context';
import { StartFields } from './StartFields';
import { CONFIRMATION, emptyForm, orderOf, type StartForm } from './startForm';

/** Starts a session. What was typed stays when the platform refuses it. */
export function StartDialog({ onClose }: { onClose(): void }) {
  const desk = useDesk();
  const strategies = useSignal<readonly Strategy[] | null>(null);
  const form = useSignal<StartForm>(emptyForm([]));
  const busy = useSignal(false);
  const error = useSignal<string | null>(null);
  const live = form.value.mode === 'live';
  const ready =
    form.value.plans.length > 0 && desk.canTrade.value && (!live || form.value.confirmation === CONFIRMATION);

  const attempt = async (action: () => Promise<void>): Promise<void> => {
    busy.value = true;
    error.value = null;
    try {
      await action();
    } catch (problem) {
      error.value = problem instanceof Error ? problem.message : String(problem);
    } finally {
      busy.value = false;
    }
  };
  const load = (): Promise<void> =>
    attempt(async () => {
      const listed = await listStrategies();
      strategies.value = listed;
      // Whoever was quicker than the list keeps what was typed.
      form.value = { ...form.value, plans: emptyForm(listed).plans };
    });
  const submit = (): Promise<void> =>
    attempt(async () => {
      if (!ready) return;
      await desk.start(orderOf(form.value, strategies.value ?? []));
      onClose();
    });
  useEffect(() => {
    void load();
    void desk.backtests.loadDataSets();
  }, []);

  return (
    <Modal title="Start a session" testId="start-dialog" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <StartFields
          form={form.value}
          strategies={strategies.value ?? []}
          onChange={(change) => (form.value = { ...form.value, ...change })}
        />
        {error.value && (
          <p class="form-error" role="alert" data-testid="start-error">
            {error.value}
          </p>
        )}
        <div class="dialog-buttons">
          <button type="button" data-testid="start-cancel" onClick={onClose}>
            Cancel
          </button>
          {strategies.value === null && error.value !== null ? (
            <button type="button" onClick={() => void load()}>
              Try again
            </button>
          ) : (
            <button
              type="submit"
              class={live ? 'danger' : 'primary'}
              data-testid="start-submit"
              disabled={busy.value || !ready}
            >
              {busy.value && strategies.value ? 'Starting…' : live ? 'Start with real money' : 'Start'}
            </button>
          )}
        </div>
      </form>
    </Modal>
  );
}
