import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  type CompletionSource,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language';
import { lintGutter, lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { syntaxColours } from './looks';
import './editor.css';

/** What any view of a source has, be it to read or to edit. */
export const reading: Extension = [
  lineNumbers(),
  highlightSpecialChars(),
  // A text to read only is scrolled with the keyboard as well.
  EditorView.contentAttributes.of({ tabindex: '0' }),
];

/** Tab indents; Escape and then Tab leaves the editor. */
export const writing = (completions: readonly CompletionSource[]): Extension => [
  reading,
  javascript(),
  syntaxColours,
  bracketMatching(),
  lintGutter(),
  foldGutter(),
  history(),
  drawSelection(),
  dropCursor(),
  indentUnit.of('  '),
  EditorState.tabSize.of(2),
  EditorState.allowMultipleSelections.of(true),
  indentOnInput(),
  closeBrackets(),
  autocompletion({ override: [...completions], maxRenderedOptions: 60 }),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSelectionMatches(),
  search({ top: true }),
  keymap.of([
    ...closeBracketsKeymap,
    ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'), // runs a backtest
    ...searchKeymap,
    ...historyKeymap,
    ...foldKeymap,
    ...lintKeymap,
    indentWithTab,
  ]),
  EditorView.contentAttributes.of({ spellcheck: 'false', autocapitalize: 'off', autocorrect: 'off' }),
];
