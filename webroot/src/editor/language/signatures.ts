import { StateEffect, StateField, type Extension } from '@codemirror/state';
import { keymap, showTooltip, ViewPlugin, type EditorView, type Tooltip, type ViewUpdate } from '@codemirror/view';
import { element } from '../popup';
import type { Ask, Signature } from './protocol';

const show = StateEffect.define<Tooltip | null>();

const shown = StateField.define<Tooltip | null>({
  create: () => null,
  update(tooltip, transaction) {
    for (const effect of transaction.effects) if (effect.is(show)) return effect.value;
    return tooltip && { ...tooltip, pos: transaction.changes.mapPos(tooltip.pos) };
  },
  provide: (field) => showTooltip.from(field),
});

/**
 * Shows the signature of the call around the cursor: after an opening bracket or a comma, and on Ctrl+Shift+Space;
 * until the call is left or Escape is pressed.
 */
export function signatureHelp(ask: Ask): Extension {
  const plugin = ViewPlugin.define((view) => new SignatureHelp(view, ask));
  return [
    shown,
    plugin,
    keymap.of([
      { key: 'Mod-Shift-Space', run: (view) => view.plugin(plugin)?.ask() ?? false },
      { key: 'Escape', run: (view) => view.plugin(plugin)?.close() ?? false },
    ]),
  ];
}

class SignatureHelp {
  private asked = 0;
  /** Shown, or asked for: whoever types faster than TypeScript answers sees it too. */
  private active = false;

  constructor(
    private readonly view: EditorView,
    private readonly askService: Ask,
  ) {}

  update(update: ViewUpdate): void {
    if (!update.docChanged && !update.selectionSet) return;
    const opens = update.docChanged && /[(,]/.test(typed(update));
    // Not from within an update: the answer changes the view again.
    if (opens || this.active) queueMicrotask(() => this.ask());
  }

  ask(): boolean {
    const { state } = this.view;
    const { head } = state.selection.main;
    const ticket = ++this.asked;
    this.active = true;
    this.askService('signature', { source: state.doc.toString(), at: head }).then(
      (signature) => {
        if (ticket === this.asked && this.view.state.doc.eq(state.doc)) this.show(signature, head);
      },
      () => this.show(null, head), // the state of the language service is shown elsewhere
    );
    return true;
  }

  close(): boolean {
    this.asked++;
    this.active = false;
    if (!isShown(this.view)) return false;
    this.show(null, 0);
    return true;
  }

  destroy(): void {
    this.asked++;
  }

  private show(signature: Signature | null, at: number): void {
    this.active = signature !== null;
    if (!signature && !isShown(this.view)) return;
    this.view.dispatch({ effects: show.of(signature && tooltip(signature, at)) });
  }
}

const isShown = (view: EditorView): boolean => view.state.field(shown) !== null;

function typed(update: ViewUpdate): string {
  let text = '';
  update.changes.iterChanges((_fromA, _toA, _fromB, _toB, inserted) => (text += inserted.toString()));
  return text;
}

const tooltip = (signature: Signature, pos: number): Tooltip => ({
  pos,
  above: true,
  create: () => ({ dom: signaturePopup(signature) }),
});

function signaturePopup({ before, parameters, separator, after, current, text, parameterText }: Signature): HTMLElement {
  const parts = parameters.flatMap((parameter, index) => [
    ...(index > 0 ? [separator] : []),
    index === current ? element('b', 'popup-current', parameter) : parameter,
  ]);
  const popup = element('div', 'editor-popup signature', element('code', 'popup-code', before, ...parts, after));
  for (const line of [parameterText, text]) if (line) popup.append(element('p', '', line));
  return popup;
}
