import { effect } from '@preact/signals';
import { Compartment, EditorState, Transaction, type Extension, type StateEffect } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { theme } from '../desk/theme';
import type { OpenStrategy } from '../strategies/openStrategy';
import { writing } from './extensions';
import { hostErrors, placeOf, showHostError, type HostError } from './hostErrors';
import { indicatorCompletions, indicatorHover } from './indicators/extension';
import { registry } from './indicators/registry';
import { languageClient, type LanguageClient } from './language/client';
import { typeCompletions } from './language/completions';
import { typeHints } from './language/hints';
import { typeHover } from './language/hover';
import { signatureHelp } from './language/signatures';
import { looks } from './looks';

interface Kept {
  state: EditorState;
  scrolled: StateEffect<unknown>;
}

/** How each strategy was left: its cursor, its folds, what can be undone. */
const left = new WeakMap<OpenStrategy, Kept>();
const look = new Compartment();

/** The editor of one strategy after another. */
export class SourceEditor {
  readonly language: LanguageClient = languageClient();
  private readonly view: EditorView;
  private strategy: OpenStrategy | null = null;
  private readonly stopLooks: () => void;
  private stopStrategy = (): void => undefined;

  constructor(parent: HTMLElement) {
    this.view = new EditorView({ parent });
    this.stopLooks = effect(() => this.restyle(theme.value === 'dark'));
  }

  show(strategy: OpenStrategy): void {
    if (this.strategy === strategy) return;
    this.leave();
    this.strategy = strategy;
    const kept = left.get(strategy);
    this.view.setState(kept?.state ?? this.stateOf(strategy));
    if (kept) this.view.dispatch({ effects: kept.scrolled });
    this.restyle(theme.peek() === 'dark');
    const stopText = effect(() => this.replace(strategy.text.value));
    const stopError = effect(() => showHostError(this.view, strategy.mark.value));
    this.stopStrategy = () => {
      stopText();
      stopError();
    };
  }

  focus(): void {
    this.view.focus();
  }

  /** Puts the cursor where the platform found something wrong. */
  goTo(error: HostError): void {
    const place = placeOf(this.view.state, error);
    if (place) this.view.dispatch({ selection: { anchor: place.from }, scrollIntoView: true });
    this.view.focus();
  }

  destroy(): void {
    this.leave();
    this.stopLooks();
    this.view.destroy();
  }

  private leave(): void {
    this.stopStrategy();
    if (this.strategy) left.set(this.strategy, { state: this.view.state, scrolled: this.view.scrollSnapshot() });
  }

  private stateOf(strategy: OpenStrategy): EditorState {
    const { ask } = this.language;
    const extensions: Extension = [
      // Before the keys of the editor: Escape closes a signature before it changes the selection.
      signatureHelp(ask),
      writing([indicatorCompletions(registry), typeCompletions(ask)]),
      indicatorHover(registry),
      typeHover(ask),
      typeHints(ask),
      hostErrors,
      look.of([]),
      EditorView.contentAttributes.of({ 'aria-label': `Source of ${strategy.name}` }),
      EditorView.updateListener.of(({ docChanged, state }) => {
        if (docChanged) strategy.edit(state.doc.toString());
      }),
    ];
    return EditorState.create({ doc: strategy.text.peek(), extensions });
  }

  /** Text that came from elsewhere; it can be undone. */
  private replace(text: string): void {
    const { state } = this.view;
    if (state.doc.toString() === text) return;
    this.view.dispatch({
      changes: { from: 0, to: state.doc.length, insert: text },
      selection: { anchor: Math.min(state.selection.main.head, text.length) },
      annotations: Transaction.userEvent.of('input.replace'),
    });
  }

  private restyle(dark: boolean): void {
    if (this.strategy) this.view.dispatch({ effects: look.reconfigure(looks(dark)) });
  }
}
