import { linter } from '@codemirror/lint';
import type { Extension } from '@codemirror/state';
import type { Ask } from './protocol';

/** What TypeScript finds, as hints: a script may run in spite of them. */
export const typeHints = (ask: Ask): Extension =>
  linter(
    async (view) => {
      const hints = await ask('hints', { source: view.state.doc.toString() });
      return hints.map((hint) => ({ ...hint, severity: 'hint' as const, source: 'types' }));
    },
    { delay: 500 },
  );
