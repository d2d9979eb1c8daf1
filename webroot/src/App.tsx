import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { AlertStrip } from './frame/AlertStrip';
import { StatusBar } from './frame/StatusBar';
import { TopBar } from './frame/TopBar';
import { useDesk } from './desk/context';
import { isActive } from './desk/sessionList';
import { LivePage } from './live/LivePage';
import { StartDialog } from './live/StartDialog';
import { StopDialog } from './live/StopDialog';

/** The frame around the pages, and the two dialogs that every page can open. */
export function App() {
  const desk = useDesk();
  const dialog = useSignal<'start' | 'stop' | null>(null);
  const session = desk.session.value;
  const canStop = desk.connected.value && session !== null && isActive(session) && session.status !== 'stopping';
  const close = (): void => {
    dialog.value = null;
  };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && event.shiftKey && canStop && dialog.value === null) {
        event.preventDefault();
        dialog.value = 'stop';
      }
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [canStop, dialog]);
  return (
    <div class="desk" data-mode={session?.mode} data-connected={desk.connected.value}>
      <TopBar canStop={canStop} onStart={() => (dialog.value = 'start')} onStop={() => (dialog.value = 'stop')} />
      <AlertStrip />
      <LivePage onStart={() => (dialog.value = 'start')} />
      <StatusBar />
      {dialog.value === 'start' && <StartDialog onClose={close} />}
      {dialog.value === 'stop' && session && <StopDialog session={session} onClose={close} />}
    </div>
  );
}
