import { Modal } from '../components/Modal';

interface Props {
  title: string;
  about: string;
  secret: string;
  onClose(): void;
}

/** Shown this once: nobody has it afterwards. */
export function Secret({ title, about, secret, onClose }: Props) {
  return (
    <Modal title={title} testId="secret-dialog" onClose={onClose}>
      <p>{about} It is not shown again.</p>
      <p>
        <code class="secret" data-testid="secret">
          {secret}
        </code>
      </p>
      <div class="dialog-buttons">
        <button type="button" onClick={() => void navigator.clipboard?.writeText(secret)}>
          Copy
        </button>
        <button type="button" class="primary" autoFocus data-testid="secret-close" onClick={onClose}>
          I have it
        </button>
      </div>
    </Modal>
  );
}
