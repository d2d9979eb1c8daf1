/** Whether keys pressed there belong to a field, to the editor or to a dialog. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input, select, textarea, dialog, [contenteditable="true"]') !== null;
