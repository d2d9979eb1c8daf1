import { CollectionPanel } from './CollectionPanel';
import { CollectionsPanel } from './CollectionsPanel';
import './data.css';

interface Props {
  shown: boolean;
  /** Of one data collection, or empty for the list. */
  id: string;
}

/** What was recorded of the market and what was imported: begun, ended, looked at, taken along, deleted. */
export function DataPage({ shown, id }: Props) {
  return (
    <main class="data-page">
      {id !== '' && <CollectionPanel key={id} id={id} shown={shown} />}
      <CollectionsPanel shown={shown && id === ''} />
    </main>
  );
}
