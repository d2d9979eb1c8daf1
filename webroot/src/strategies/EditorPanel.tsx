import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { InstantStrip } from '../backtest/InstantStrip';
import type { SourceEditor } from '../editor/index';
import { CodeEditor } from './CodeEditor';
import { CompareView } from './CompareView';
import { EditorHead } from './EditorHead';
import { editorCode, editorProblem, loadEditor } from './editorCode';
import { HistoryPanel } from './HistoryPanel';
import { Notices } from './Notices';
import type { OpenStrategy } from './openStrategy';

/** One strategy: its text, what became of the last save, its versions. */
export function EditorPanel({ strategy }: { strategy: OpenStrategy | null }) {
  const history = useSignal(false);
  const editor = useRef<SourceEditor | null>(null);
  useEffect(() => void loadEditor(), []);
  const loading = strategy?.loading.value ?? 'loading';
  if (!strategy || loading === 'loading') return <EditorSkeleton />;
  if (loading !== 'ready') return <Failed text={loading.error} onRetry={() => void strategy.retry()} />;
  const compared = strategy.comparison.value !== null;
  return (
    <section class="panel editor-panel" aria-label={`Editor of ${strategy.name}`}>
      <EditorHead strategy={strategy} history={history} />
      <Notices strategy={strategy} onGoTo={(error) => editor.current?.goTo(error)} />
      <div class="editor-body">
        {editorProblem.value !== null ? (
          <Failed text={editorProblem.value} onRetry={() => void loadEditor()} />
        ) : editorCode.value === null ? (
          <div class="code-view skeleton" aria-busy="true" data-testid="editor-loading" />
        ) : (
          <>
            <CodeEditor code={editorCode.value} strategy={strategy} hidden={compared} handle={editor} />
            {compared && <CompareView code={editorCode.value} strategy={strategy} />}
          </>
        )}
        {history.value && strategy.base.value.version !== null && <HistoryPanel strategy={strategy} />}
      </div>
      <InstantStrip strategy={strategy} />
    </section>
  );
}

function Failed({ text, onRetry }: { text: string; onRetry(): void }) {
  return (
    <section class="panel editor-panel" aria-label="Editor" data-testid="editor-error">
      <div class="strategies-state">
        <p role="alert">{text}</p>
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      </div>
    </section>
  );
}

/** The editor in its final size while the source is under way. */
function EditorSkeleton() {
  return (
    <section class="panel editor-panel" aria-busy="true" aria-label="Loading the strategy" data-testid="strategy-loading">
      <div class="panel-head" />
      <div class="editor-body">
        <div class="code-view skeleton" />
      </div>
    </section>
  );
}
