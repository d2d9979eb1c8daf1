import type { Connection } from '../bus/bridge';
import { useDesk } from '../desk/context';
import { now } from '../desk/now';
import { timeZone } from '../desk/timeZone';
import { age, dateTime, NONE } from '../format';
import { unreachable } from '../messages';

/** Whether what is on screen can be believed: connection, session time, age of the last message. */
export function StatusBar() {
  const desk = useDesk();
  const follower = desk.follower.value;
  void follower?.frame.value;
  const clock = follower?.book.value?.clock ?? desk.session.value?.clock ?? null;
  const { value: engine } = desk.engine;
  const { value: connection } = desk.connection;
  const { value: heard } = desk.lastTraffic;
  return (
    <footer class="status-bar">
      <span class={`connection ${connection.state}`} data-testid="connection-state" data-state={connection.state}>
        {connectionText(connection, now.value)}
      </span>
      <span class="session-clock">
        Session clock <time data-testid="session-clock">{dateTime(clock)}</time> {timeZone.value}
      </span>
      <span class="feed-age">
        Last message <span data-testid="message-age">{heard === null ? NONE : `${age(now.value - heard)} ago`}</span>
      </span>
      <span class="engine" data-testid="engine" title={engine?.description}>
        Strategies {engine === null ? NONE : engine.compiled ? 'compiled' : 'interpreted'}
      </span>
    </footer>
  );
}

function connectionText(connection: Connection, at: number): string {
  switch (connection.state) {
    case 'connected':
      return '● Connected';
    case 'connecting':
      return '○ Connecting…';
    case 'waiting':
      return `○ Disconnected, reconnecting in ${Math.max(0, Math.ceil((connection.until - at) / 1000))} s`;
    default:
      return unreachable(connection);
  }
}
