import { forceLinting, linter, type Diagnostic } from '@codemirror/lint';
import { StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';

/** What the platform refused a source for, at its place. */
export interface HostError {
  /** From 1; null when there is no place to name. */
  line: number | null;
  column: number | null;
  reason: string;
}

const told = StateEffect.define<HostError | null>();

const marked = StateField.define<Diagnostic | null>({
  create: () => null,
  update(mark, transaction) {
    for (const effect of transaction.effects) if (effect.is(told)) return markOf(transaction.state, effect.value);
    if (!mark || !transaction.docChanged) return mark;
    if (transaction.changes.touchesRange(mark.from, mark.to)) return null; // it may be mended now
    const from = transaction.changes.mapPos(mark.from);
    return { ...mark, from, to: from + mark.to - mark.from };
  },
});

/** Marks what the platform refused, until that is edited or {@link showHostError} says otherwise. */
export const hostErrors: Extension = [
  marked,
  linter(
    ({ state }) => {
      const mark = state.field(marked);
      return mark ? [mark] : [];
    },
    { needsRefresh: ({ startState, state }) => startState.field(marked) !== state.field(marked), delay: 0 },
  ),
];

export function showHostError(view: EditorView, error: HostError | null): void {
  view.dispatch({ effects: told.of(error) });
  forceLinting(view);
}

/** The place of an error, kept within a text that may have changed since; from the column to the end of its line. */
export function placeOf(state: EditorState, { line, column }: HostError): { from: number; to: number } | null {
  if (line === null) return null;
  const { from, to } = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));
  const start = Math.min(from + Math.max((column ?? 1) - 1, 0), to);
  return { from: start, to };
}

function markOf(state: EditorState, error: HostError | null): Diagnostic | null {
  const place = error && placeOf(state, error);
  return place && { ...place, severity: 'error', source: 'platform', message: error.reason };
}
