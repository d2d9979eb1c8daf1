import { useDesk } from '../desk/context';
import { now } from '../desk/now';
import { age } from '../format';

/** While there is no connection: how old what is shown is. */
export function Age() {
  const { connected, lastTraffic } = useDesk();
  if (connected.value) return null;
  const heard = lastTraffic.value;
  return <p class="data-age">{heard === null ? 'Not connected.' : `Not connected: as of ${age(now.value - heard)} ago.`}</p>;
}
