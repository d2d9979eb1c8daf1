import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { SourceEditor } from '../editor/index';
import type { OpenStrategy } from './openStrategy';

interface Props {
  code: typeof import('../editor/index');
  strategy: OpenStrategy;
  hidden: boolean;
  /** Where the editor is put, for those who move its cursor. */
  handle: { current: SourceEditor | null };
}

const LANGUAGE = {
  starting: 'Types: loading…',
  ready: 'Types: ready',
  failed: 'Types: not available',
} as const;

/** The text of a strategy, with what the keys do that cannot be guessed. */
export function CodeEditor({ code, strategy, hidden, handle }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const editor = useSignal<SourceEditor | null>(null);
  useEffect(() => {
    const created = new code.SourceEditor(element.current as HTMLElement);
    editor.value = created;
    handle.current = created;
    return () => {
      handle.current = null;
      created.destroy();
    };
  }, []);
  useEffect(() => {
    editor.value?.show(strategy);
  }, [editor.value, strategy]);
  const state = editor.value?.language.state.value ?? 'starting';
  return (
    <div class="code-column" hidden={hidden}>
      <div ref={element} class="code-view" data-testid="editor" />
      <p class="code-keys">
        <span data-testid="language-state" data-state={state}>
          {LANGUAGE[state]}
        </span>
        <span>
          <kbd>Ctrl+Space</kbd> completes
        </span>
        <span>
          <kbd>Ctrl+Shift+Space</kbd> shows the call
        </span>
        <span>
          <kbd>Ctrl+Enter</kbd> runs the saved version
        </span>
        <span>
          <kbd>F8</kbd> goes to the next mark
        </span>
        <span>
          <kbd>Esc</kbd> <kbd>Tab</kbd> leaves the editor
        </span>
      </p>
    </div>
  );
}
