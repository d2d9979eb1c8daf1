import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The colours of both themes are tokens of the page: only what the libraries bring along has to know which it is. */
export const looks = (dark: boolean): Extension => EditorView.theme({}, { dark });

const highlighting = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], color: 'var(--line-3)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--line-2)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--line-4)' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: 'var(--line-1)' },
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--text-1)' },
  { tag: tags.comment, color: 'var(--text-3)' },
  { tag: tags.invalid, color: 'var(--danger)' },
]);

export const syntaxColours: Extension = syntaxHighlighting(highlighting);
