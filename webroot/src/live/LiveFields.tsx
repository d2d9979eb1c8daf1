import { useEffect, useMemo } from 'preact/hooks';
import { getLimits, type RiskLimits } from '../api/settings';
import { Loader } from '../components/loaded';
import { Waiting } from '../components/Waiting';
import { PLAIN, STOPS } from '../settings/limits';
import { CONFIRMATION } from './startForm';

interface Props {
  value: string;
  onChange(value: string): void;
}

/** What somebody has to know and to type before real money is traded with. */
export function LiveFields({ value, onChange }: Props) {
  const limits = useMemo(() => new Loader(getLimits), []);
  useEffect(() => {
    void limits.load();
  }, []);
  const loaded = limits.now.value;
  return (
    <fieldset class="live-fields">
      <legend>Real money</legend>
      {loaded.state === 'ready' ? (
        <Limits limits={loaded.value.limits} />
      ) : (
        <Waiting loaded={loaded} what="The risk limits" onRetry={() => void limits.load()} />
      )}
      <label class="field">
        <span>
          Type {CONFIRMATION} to confirm <small>orders go to the exchange</small>
        </span>
        <input
          type="text"
          required
          autocomplete="off"
          spellcheck={false}
          pattern={CONFIRMATION}
          title={`The word ${CONFIRMATION}`}
          data-testid="live-confirmation"
          value={value}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      </label>
    </fieldset>
  );
}

function Limits({ limits }: { limits: RiskLimits }) {
  const lines = linesOf(limits);
  if (lines.length === 0) {
    return (
      <p class="form-warning" data-testid="live-limits">
        No risk limits hold. A live session needs a limit of an order or a position, and one of loss or drawdown: set them
        on the Settings page.
      </p>
    );
  }
  return (
    <dl class="facts" data-testid="live-limits">
      {lines.map(([title, text]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The limits in force, each with its value in words. */
function linesOf(limits: RiskLimits): [string, string][] {
  const lines: [string, string][] = [];
  for (const { name, title, unit } of PLAIN) {
    const value = limits[name];
    if (value != null) lines.push([title, `${value} ${unit}`]);
  }
  for (const { name, title, unit } of STOPS) {
    const stop = limits[name];
    if (stop) lines.push([title, `${stop.limit} ${unit}, then ${stop.action}`]);
  }
  const streak = limits.losing_streak;
  if (streak) lines.push(['Losing trades in a row', `${streak.losses}, then ${streak.action} for ${streak.minutes} min`]);
  return lines;
}
