import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { placeAt } from '../indicators/place';
import { explanationPopup } from '../popup';
import type { Ask, CompletionEntry, Explanation } from './protocol';

/** Completes what TypeScript knows; the names of indicators are left to the registry. */
export const typeCompletions =
  (ask: Ask) =>
  async (context: CompletionContext): Promise<CompletionResult | null> => {
    const { state, pos: at } = context;
    if (!context.explicit && !context.matchBefore(/[\w$]+|\.|['"]/)) return null;
    if (placeAt(state, at)?.kind === 'name') return null;
    const source = state.doc.toString();
    const found = await ask('completions', { source, at });
    if (!found || context.aborted) return null;
    const options = found.entries.map((entry) => optionOf(entry, () => ask('completion', { source, at, name: entry.name })));
    return { from: found.from, options, validFor: /^[\w$]*$/ };
  };

function optionOf({ name, kind, near }: CompletionEntry, explain: () => Promise<Explanation | null>): Completion {
  return {
    label: name,
    type: TYPES[kind] ?? 'variable',
    boost: near ? 10 : 0,
    info: async () => {
      const explanation = await explain();
      return explanation ? explanationPopup(explanation) : null;
    },
  };
}

/** TypeScript's kinds, as the icons of the editor name them. */
const TYPES: Record<string, string> = {
  method: 'method',
  function: 'function',
  property: 'property',
  getter: 'property',
  keyword: 'keyword',
  class: 'class',
  interface: 'interface',
  const: 'constant',
  string: 'constant',
  type: 'type',
  enum: 'enum',
  module: 'namespace',
};
