import { ComparePanel } from './ComparePanel';
import { SessionPanel } from './SessionPanel';
import { SessionsPanel } from './SessionsPanel';
import './history.css';

interface Props {
  shown: boolean;
  /** One session's id, two to four with commas between, or empty for the list. */
  rest: string;
}

/** The sessions there were and are: their list, one of them, or some side by side. */
export function HistoryPage({ shown, rest }: Props) {
  const ids = rest.split(',').filter((id) => id !== '');
  return (
    <main class="history-page">
      {ids.length > 1 && <ComparePanel key={rest} ids={ids} />}
      {ids.length === 1 && <SessionPanel key={rest} id={rest} shown={shown} />}
      <SessionsPanel shown={shown && ids.length === 0} />
    </main>
  );
}
