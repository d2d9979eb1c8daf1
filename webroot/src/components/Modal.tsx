import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import './modal.css';

interface Props {
  title: string;
  testId: string;
  onClose(): void;
  children: ComponentChildren;
}

/** A native dialog, open for as long as it is rendered. Escape closes it; focus returns to where it was. */
export function Modal({ title, testId, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} class="modal" aria-labelledby={`${testId}-title`} data-testid={testId} onClose={onClose}>
      <h2 id={`${testId}-title`}>{title}</h2>
      {children}
    </dialog>
  );
}
