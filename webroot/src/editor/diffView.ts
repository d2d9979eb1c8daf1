import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { reading } from './extensions';
import { looks } from './looks';

export interface Side {
  label: string;
  text: string;
}

/** Below this width two texts do not fit side by side. */
const SIDE_BY_SIDE = 800;

/**
 * Two sources beside each other, or in one column where it is narrow; to read only.
 *
 * Without colours for the language: on the colours of what changed they could not be read.
 */
export function showDiff(parent: HTMLElement, before: Side, after: Side, dark: boolean): () => void {
  const isWide = (): boolean => parent.clientWidth >= SIDE_BY_SIDE;
  const show = (): (() => void) => (isWide() ? beside : below)(parent, before, after, looks(dark));
  let wide = isWide();
  let close = show();
  const observer = new ResizeObserver(() => {
    if (isWide() === wide) return;
    wide = isWide();
    close();
    close = show();
  });
  observer.observe(parent);
  return () => {
    observer.disconnect();
    close();
  };
}

const collapseUnchanged = { margin: 3, minSize: 6 };

function beside(parent: HTMLElement, before: Side, after: Side, look: Extension): () => void {
  const merge = new MergeView({
    a: { doc: before.text, extensions: readOnly(before.label, look) },
    b: { doc: after.text, extensions: readOnly(after.label, look) },
    parent,
    collapseUnchanged,
    gutter: true,
  });
  return () => merge.destroy();
}

function below(parent: HTMLElement, before: Side, after: Side, look: Extension): () => void {
  const label = `${after.label}, with what it changes in ${before.label}`;
  const unified = unifiedMergeView({ original: before.text, mergeControls: false, collapseUnchanged, gutter: true });
  const view = new EditorView({ doc: after.text, extensions: [readOnly(label, look), unified], parent });
  return () => view.destroy();
}

const readOnly = (label: string, look: Extension): Extension => [
  reading,
  look,
  EditorState.readOnly.of(true),
  EditorView.contentAttributes.of({ 'aria-label': label }),
];
