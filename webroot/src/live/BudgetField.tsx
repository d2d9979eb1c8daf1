interface Props {
  value: string;
  testId: string;
  onChange(value: string): void;
}

/** What a session begins with, as a decimal. */
export function BudgetField({ value, testId, onChange }: Props) {
  return (
    <label class="field">
      <span>
        Budget <small>in quote currency</small>
      </span>
      <input
        type="text"
        inputMode="decimal"
        required
        pattern="\d+(\.\d+)?"
        title="A number such as 100000 or 2500.50"
        data-testid={testId}
        value={value}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </label>
  );
}
