import { leverageWarning } from './startForm';

interface Props {
  value: string;
  onChange(value: string): void;
}

/** How much of a position is borrowed, and what that means. */
export function LeverageField({ value, onChange }: Props) {
  const warning = leverageWarning(value);
  return (
    <>
      <label class="field">
        <span>
          Leverage <small>1 is an account without margin</small>
        </span>
        <input
          type="number"
          required
          min={1}
          max={125}
          step="any"
          data-testid="leverage"
          value={value}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      </label>
      {warning && (
        <p class="form-warning" role="status" data-testid="leverage-warning">
          {warning}
        </p>
      )}
    </>
  );
}
