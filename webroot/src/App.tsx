import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import { AccountDialog } from './access/AccountDialog';
import { AlertStrip } from './frame/AlertStrip';
import { PageKeys } from './frame/pageKeys';
import { Pages } from './frame/Pages';
import { Rail } from './frame/Rail';
import { StatusBar } from './frame/StatusBar';
import { TopBar } from './frame/TopBar';
import { useDesk } from './desk/context';
import type { Desk } from './desk/desk';
import { goTo, restOf, route } from './desk/route';
import { isActive } from './desk/sessionList';
import { isTyping } from './desk/typing';
import { KillDialog } from './live/KillDialog';
import { StartDialog } from './live/StartDialog';
import { StopDialog } from './live/StopDialog';
import type { SessionState } from './messages';
import { PAGES } from './pages';

/** The frame around the pages, and the two dialogs that every page can open. */
export function App() {
  const desk = useDesk();
  const dialog = useSignal<'start' | 'stop' | 'kill' | 'account' | null>(null);
  const { page } = route.value;
  const current = (PAGES.find(({ id }) => id === page) ?? PAGES[0]).id;
  const session = desk.session.value;
  const canStop = desk.canTrade.value && session !== null && isActive(session) && session.status !== 'stopping';
  const stoppedBy = desk.stoppedBy.value;
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
  usePageKeys();
  return (
    <div class="desk" data-mode={session?.mode} data-connected={desk.connected.value}>
      <TopBar
        canStop={canStop}
        tradingStopped={stoppedBy !== null}
        onStart={() => (dialog.value = 'start')}
        onPause={() => session && void pause(desk, session)}
        onStop={() => (dialog.value = 'stop')}
        onKill={() => (dialog.value = 'kill')}
        onAccount={() => (dialog.value = 'account')}
      />
      <AlertStrip />
      <Rail pages={PAGES} current={current} />
      <Pages current={current} onStart={() => (dialog.value = 'start')} />
      <StatusBar />
      {dialog.value === 'start' && <StartDialog onClose={close} />}
      {dialog.value === 'account' && <AccountDialog onClose={close} />}
      {dialog.value === 'kill' && session && (
        <KillDialog session={session} stoppedBy={stoppedBy} onClose={close} />
      )}
      {dialog.value === 'stop' && session && <StopDialog session={session} onClose={close} />}
    </div>
  );
}

/** Says so when it is refused. */
async function pause(desk: Desk, { session_id, status }: SessionState): Promise<void> {
  try {
    await desk.pause(session_id, status !== 'paused');
  } catch (problem) {
    desk.alerts.raise('error', problem instanceof Error ? problem.message : String(problem));
  }
}

function usePageKeys(): void {
  // Heard as soon as there is something to see.
  useLayoutEffect(() => {
    const keys = new PageKeys((key) => PAGES.find((page) => page.key === key)?.id);
    const onKeyDown = ({ key, timeStamp, ctrlKey, altKey, metaKey, target }: KeyboardEvent): void => {
      const modified = ctrlKey || altKey || metaKey;
      const page = keys.press({ key, at: timeStamp, modified, typing: isTyping(target) });
      if (page) goTo(page, restOf(page));
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
}
