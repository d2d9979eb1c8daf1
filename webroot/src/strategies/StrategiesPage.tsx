import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useDesk } from '../desk/context';
import { goTo } from '../desk/route';
import { EditorPanel } from './EditorPanel';
import { NewStrategyDialog } from './NewStrategyDialog';
import { StrategyList } from './StrategyList';
import './strategies.css';

/** Other people and editors make versions too: the list is asked for so often while it is on screen. */
const REFRESH_MS = 5_000;

interface Props {
  shown: boolean;
  /** Of the strategy to edit; empty for none. */
  name: string;
}

/** The strategies there are, and one of them in the editor. */
export function StrategiesPage({ shown, name }: Props) {
  const desk = useDesk();
  const { workbench } = desk;
  const asking = useSignal(false);
  const connected = desk.connected.value;
  const strategy = workbench.opened.value.get(name) ?? null;
  useEffect(() => {
    if (name !== '') workbench.open(name);
  }, [name]);
  useEffect(() => {
    if (!shown || !connected) return;
    void workbench.refresh();
    const timer = setInterval(() => void workbench.refresh(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [shown, connected]);
  useEffect(() => {
    if (!shown) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      const control = (event.ctrlKey || event.metaKey) && !event.altKey;
      const version = strategy?.base.peek().version ?? null;
      if (event.key === 'Enter' && control && connected && strategy && version !== null) {
        event.preventDefault();
        void desk.instants.run(strategy.name, version);
      }
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      if (event.target instanceof Element && event.target.closest('dialog')) return;
      if (connected && strategy?.loading.peek() === 'ready') void workbench.save(strategy);
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [shown, connected, strategy]);
  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent): void => {
      if (workbench.hasUnsaved()) event.preventDefault();
    };
    addEventListener('beforeunload', onLeave);
    return () => removeEventListener('beforeunload', onLeave);
  }, []);
  const onNew = (): void => {
    asking.value = true;
  };
  return (
    <main class="strategies" data-open={name !== ''}>
      <StrategyList current={name} onNew={onNew} />
      {name === '' ? <NothingOpen onNew={onNew} /> : <EditorPanel strategy={strategy} />}
      {asking.value && (
        <NewStrategyDialog
          onClose={() => (asking.value = false)}
          onName={(chosen) => {
            workbench.create(chosen);
            goTo('strategies', chosen);
          }}
        />
      )}
    </main>
  );
}

function NothingOpen({ onNew }: { onNew(): void }) {
  return (
    <section class="panel editor-panel" aria-label="Editor">
      <div class="strategies-state">
        <p>A strategy from the list opens here. What is saved takes over in running sessions at once.</p>
        <button type="button" onClick={onNew}>
          New strategy…
        </button>
      </div>
    </section>
  );
}
