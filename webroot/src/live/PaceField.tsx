import { pace as paceText } from '../format';
import { paceAt, positionOf, SLIDER_END } from './startForm';

interface Props {
  pace: number;
  max: boolean;
  testId?: string;
  onChange(change: { pace?: number; max?: boolean }): void;
}

/** How fast recorded time passes: 1 to 1000 times, or as fast as it goes. */
export function PaceField({ pace, max, testId = 'acceleration', onChange }: Props) {
  return (
    <div class="pace-field">
      <label class="field">
        <span>
          Acceleration <output>{paceText(max ? 'max' : pace)}</output>
        </span>
        <input
          type="range"
          min={0}
          max={SLIDER_END}
          disabled={max}
          data-testid={testId}
          aria-valuetext={`${pace} times`}
          value={positionOf(pace)}
          onInput={(event) => onChange({ pace: paceAt(Number(event.currentTarget.value)) })}
        />
      </label>
      <label class="check">
        <span>Max</span>
        <input
          type="checkbox"
          data-testid={`${testId}-max`}
          checked={max}
          onChange={(event) => onChange({ max: event.currentTarget.checked })}
        />
      </label>
    </div>
  );
}
