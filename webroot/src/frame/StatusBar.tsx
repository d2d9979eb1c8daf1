import type { Connection } from '../bus/bridge';
import { useDesk } from '../desk/context';
import { now } from '../desk/now';
import { timeZone } from '../desk/timeZone';
import { age, dateTime, NONE } from '../format';
import { unreachable } from '../messages';
import { SLOW_MS } from '../session/drawTimes';

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
      <DrawTime />
      <span class="engine" data-testid="engine" title={engine?.description}>
        Strategies {engine === null ? NONE : engine.compiled ? 'compiled' : 'interpreted'}
      </span>
    </footer>
  );
}

/** From the platform to the screen. */
function DrawTime() {
  const { value: p99 } = useDesk().drawTimes.p99;
  const slow = p99 !== null && p99 > SLOW_MS;
  return (
    <span
      class={slow ? 'draw-time slow' : 'draw-time'}
      title={`99 of 100 ticks of the last 30 s were on screen so soon after the platform had them; ${SLOW_MS} ms are the limit`}
    >
      Tick to screen p99{' '}
      <span data-testid="draw-time" data-slow={slow}>
        {p99 === null ? NONE : `${Math.round(p99)} ms${slow ? ', slow' : ''}`}
      </span>
    </span>
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
