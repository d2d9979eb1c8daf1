import type { Parameter, ParameterValue, Strategy } from '../api/sessions';

interface Props {
  strategy: Strategy;
  values: Record<string, ParameterValue>;
  onChange(name: string, value: ParameterValue): void;
}

/** A form made from what a strategy says of its parameters. */
export function ParameterFields({ strategy, values, onChange }: Props) {
  const parameters = Object.entries(strategy.parameters);
  if (parameters.length === 0) return null;
  return (
    <fieldset class="parameters">
      <legend>Parameters</legend>
      {parameters.map(([name, parameter]) => (
        <label key={name} class={parameter.type === 'bool' ? 'check' : 'field'}>
          <span>
            {name} <small>{rangeOf(parameter)}</small>
          </span>
          <Input
            parameter={parameter}
            value={values[name] ?? parameter.default}
            testId={`parameter-${name}`}
            onChange={(value) => onChange(name, value)}
          />
        </label>
      ))}
    </fieldset>
  );
}

interface InputProps {
  parameter: Parameter;
  value: ParameterValue;
  testId: string;
  onChange(value: ParameterValue): void;
}

function Input({ parameter, value, testId, onChange }: InputProps) {
  switch (parameter.type) {
    case 'bool':
      return (
        <input
          type="checkbox"
          data-testid={testId}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <select data-testid={testId} value={String(value)} onChange={(event) => onChange(event.currentTarget.value)}>
          {(parameter.options ?? []).map((option) => (
            <option key={String(option)} value={String(option)}>
              {String(option)}
            </option>
          ))}
        </select>
      );
    case 'string':
      return (
        <input
          type="text"
          data-testid={testId}
          value={String(value)}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'int':
    case 'float':
      return (
        <input
          type="number"
          required
          data-testid={testId}
          min={parameter.min}
          max={parameter.max}
          step={parameter.step ?? (parameter.type === 'int' ? 1 : 'any')}
          value={String(value)}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

function rangeOf({ min, max }: Parameter): string {
  if (min !== undefined && max !== undefined) return `${min} to ${max}`;
  if (min !== undefined) return `at least ${min}`;
  return max === undefined ? '' : `at most ${max}`;
}
