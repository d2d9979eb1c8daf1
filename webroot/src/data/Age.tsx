import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useDesk } from '../desk/context';
import { now } from '../desk/now';
import { age } from '../format';

/** While there is no connection: how old what is shown is. Before that it is kept up to date. */
export function Age() {
  const { connected } = useDesk();
  const lost = useSignal<number | null>(null);
  const here = connected.value;
  useEffect(() => {
    lost.value = here ? null : Date.now();
  }, [here]);
  if (lost.value === null) return null;
  return <p class="data-age">Not connected: as of {age(now.value - lost.value)} ago.</p>;
}
