import { useSignal } from '@preact/signals';
import { Modal } from '../components/Modal';
import { useDesk } from '../desk/context';
import { wrongName } from './names';

interface Props {
  onClose(): void;
  onName(name: string): void;
}

/** Asks what a new strategy is called. */
export function NewStrategyDialog({ onClose, onName }: Props) {
  const { workbench } = useDesk();
  const name = useSignal('');
  const tried = useSignal(false);
  const taken = [...(workbench.list.value ?? []), ...workbench.drafts()].map((each) => each.name);
  const wrong = wrongName(name.value.trim(), taken);
  return (
    <Modal title="New strategy" testId="new-dialog" onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          tried.value = true;
          if (wrong !== null) return;
          onClose();
          onName(name.value.trim());
        }}
      >
        <label class="field">
          <span>
            Name <small>a-z, 0-9 and -, beginning with a letter</small>
          </span>
          <input
            type="text"
            autoFocus
            autocomplete="off"
            spellcheck={false}
            data-testid="new-name"
            aria-invalid={tried.value && wrong !== null}
            aria-describedby="new-name-problem"
            value={name.value}
            onInput={(event) => (name.value = event.currentTarget.value)}
          />
        </label>
        {tried.value && wrong !== null && (
          <p class="form-error" role="alert" id="new-name-problem" data-testid="new-problem">
            {wrong}
          </p>
        )}
        <p class="new-note">It begins with a small strategy that works. Nothing is kept before you save.</p>
        <div class="dialog-buttons">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="primary" data-testid="new-create">
            Create
          </button>
        </div>
      </form>
    </Modal>
  );
}
