import type { Strategy } from '../api/sessions';

interface Props {
  strategies: readonly Pick<Strategy, 'name' | 'error'>[];
  value: string;
  testId: string;
  onChange(name: string): void;
}

/** Which strategy; those that cannot run are there to be seen, not to be chosen. */
export function StrategySelect({ strategies, value, testId, onChange }: Props) {
  return (
    <label class="field">
      <span>Strategy</span>
      <select required data-testid={testId} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {strategies.map(({ name, error }) => (
          <option key={name} value={name} disabled={error !== null}>
            {error === null ? name : `${name} (cannot run)`}
          </option>
        ))}
      </select>
    </label>
  );
}
