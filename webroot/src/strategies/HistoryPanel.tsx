import { useEffect } from 'preact/hooks';
import type { Version } from '../api/strategies';
import { timeZone } from '../desk/timeZone';
import { dateTime } from '../format';
import type { OpenStrategy } from './openStrategy';

/** All versions, newest first; the one chosen is held against the text. */
export function HistoryPanel({ strategy }: { strategy: OpenStrategy }) {
  useEffect(() => void strategy.loadVersions(), [strategy]);
  const versions = strategy.versions.value;
  return (
    <section class="history" aria-label="Versions" data-testid="history">
      {versions === null ? (
        <ol aria-busy="true" aria-label="Loading the versions">
          {Array.from({ length: 4 }, (_, index) => (
            <li key={index} class="item-skeleton" />
          ))}
        </ol>
      ) : 'error' in versions ? (
        <p class="notice problem" role="alert">
          <span>{versions.error}</span>
          <button type="button" onClick={() => void strategy.loadVersions()}>
            Try again
          </button>
        </p>
      ) : (
        <ol>
          {versions.map((version) => (
            <Item key={version.version} strategy={strategy} version={version} />
          ))}
        </ol>
      )}
    </section>
  );
}

interface ItemProps {
  strategy: OpenStrategy;
  version: Version;
}

function Item({ strategy, version: { version, author, created_at, restored_from } }: ItemProps) {
  const chosen = strategy.comparison.value?.with === version;
  return (
    <li>
      <button
        type="button"
        aria-pressed={chosen}
        data-testid={`version-${version}`}
        onClick={() => (strategy.comparison.value = chosen ? null : { with: version })}
      >
        <b>Version {version}</b>
        {version === strategy.latest.value && <span class="current">current</span>}
        <time>{dateTime(created_at)} {timeZone.value}</time>
        <span>
          by {author}
          {restored_from !== null && `, from version ${restored_from}`}
        </span>
      </button>
    </li>
  );
}
