import { signal } from '@preact/signals';

type Editor = typeof import('../editor/index');

/** The editor's code; null while it is under way. */
export const editorCode = signal<Editor | null>(null);
/** Why it did not come, or null. */
export const editorProblem = signal<string | null>(null);

/** Brings the editor, which is large, when a source is first shown. */
export async function loadEditor(): Promise<void> {
  editorProblem.value = null;
  try {
    editorCode.value ??= await import('../editor/index');
  } catch (error) {
    editorProblem.value = `The editor could not be loaded: ${String(error)}`;
  }
}
