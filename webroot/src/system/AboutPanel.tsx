import { useDesk } from '../desk/context';
import { inZone } from '../desk/timeZone';
import { dateTime, NONE } from '../format';
import { Panel } from './Panel';
import { bytes } from './units';

/** What runs here, which does not change until the next start. */
export function AboutPanel() {
  const { platform } = useDesk();
  const { value: info } = platform.info;
  const { value: problem } = platform.infoProblem;
  if (info === null) {
    return (
      <Panel title="About">
        {problem === null ? (
          <div class="system-skeleton" role="status" aria-busy="true" aria-label="Loading what runs here" />
        ) : (
          <p class="system-problem" role="alert">
            What runs here cannot be shown: {problem}
          </p>
        )}
      </Panel>
    );
  }
  return (
    <Panel title="About">
      <dl class="system-about" data-testid="system-about">
        <dt>Sandpiper</dt>
        <dd>{info.version ?? NONE}</dd>
        <dt>{inZone('Started')}</dt>
        <dd>{dateTime(info.started_at ?? null)}</dd>
        <dt>Java</dt>
        <dd>
          {info.java.version}, {info.java.vendor}, {info.java.processors} processors, heap up to {bytes(info.java.heap_max)}
        </dd>
        <dt>Strategies</dt>
        <dd>{info.engine.description}</dd>
        <dt>Database</dt>
        <dd>
          PostgreSQL {info.database.server}, schema {info.database.schema}, {bytes(info.database.bytes)}
        </dd>
      </dl>
      {info.configuration && (
        <details class="system-configuration">
          <summary>Configuration</summary>
          <pre tabIndex={0}>{JSON.stringify(info.configuration, null, 2)}</pre>
        </details>
      )}
    </Panel>
  );
}
