import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { useDesk } from '../desk/context';
import { theme } from '../desk/theme';
import type { Side } from '../editor/index';
import { toEditor } from './lines';
import type { OpenStrategy } from './openStrategy';

interface Props {
  code: typeof import('../editor/index');
  strategy: OpenStrategy;
}

/** Another version, or somebody else's text, beside the one in the editor. */
export function CompareView({ code, strategy }: Props) {
  const { workbench, canEdit } = useDesk();
  const element = useRef<HTMLDivElement>(null);
  const before = useSignal<Side | { error: string } | null>(null);
  const other = strategy.comparison.value?.with;
  const dirty = strategy.dirty.value;
  const after: Side = {
    label: dirty ? 'Unsaved text' : `Version ${strategy.base.value.version}`,
    text: strategy.text.value,
  };
  useEffect(() => {
    before.value = null;
    let wanted = true;
    void otherSide(strategy).then((side) => {
      if (wanted) before.value = side;
    });
    return () => (wanted = false);
  }, [strategy, other]);
  const { value: side } = before;
  useEffect(() => {
    if (!side || 'error' in side || !element.current) return;
    return code.showDiff(element.current, side, after, theme.value === 'dark');
  }, [side, after.text, theme.value]);
  if (other === undefined) return null;
  return (
    <div class="code-column" data-testid="comparison">
      <div class="compare-head">
        <span>
          {side && 'label' in side ? side.label : '…'} <span aria-hidden="true">→</span>
          <span class="sr-only"> compared with </span> {after.label}
          {side && 'text' in side && side.text === after.text && ' (no difference)'}
        </span>
        {typeof other === 'number' && other !== strategy.latest.value && (
          <button
            type="button"
            class="primary"
            data-testid="restore"
            disabled={dirty || strategy.saving.value || !canEdit.value}
            title={dirty ? 'Save or discard the unsaved text first' : undefined}
            onClick={() => void workbench.restore(strategy, other)}
          >
            Restore version {other}
          </button>
        )}
        <button type="button" data-testid="comparison-close" onClick={() => (strategy.comparison.value = null)}>
          Back to the text
        </button>
      </div>
      {side && 'error' in side ? (
        <p class="notice problem" role="alert">
          {side.error}
        </p>
      ) : (
        <div ref={element} class="code-view" aria-busy={side === null} />
      )}
    </div>
  );
}

async function otherSide(strategy: OpenStrategy): Promise<Side | { error: string } | null> {
  const other = strategy.comparison.peek()?.with;
  if (other === undefined) return null;
  if (other === 'theirs') {
    const theirs = strategy.conflict.peek()?.theirs;
    return theirs ? { label: `Version ${theirs.version}, theirs`, text: toEditor(theirs.source) } : null;
  }
  try {
    return { label: `Version ${other}`, text: await strategy.sourceOf(other) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
