import type { Strategy } from '../api/sessions';
import { useDesk } from '../desk/context';
import { BudgetField } from './BudgetField';
import { PaceField } from './PaceField';
import { StrategySelect } from './StrategySelect';
import { ParameterFields } from './ParameterFields';
import { defaultsOf, type StartForm } from './startForm';

interface Props {
  form: StartForm;
  strategies: readonly Strategy[];
  onChange(change: Partial<StartForm>): void;
}

const MODES = [
  { mode: 'backtest', title: 'Replay', hint: 'as a backtest on recorded data' },
  { mode: 'paper', title: 'Paper', hint: 'simulated orders' },
] as const;

/** Mode, market, strategy with its parameters, budget, data and pace. */
export function StartFields({ form, strategies, onChange }: Props) {
  const strategy = strategies.find(({ name }) => name === form.strategy);
  const dataSets = (useDesk().backtests.dataSets.value ?? []).filter(({ problem }) => problem === null);
  const broken = strategies.filter(({ error }) => error !== null);
  return (
    <div class="fields">
      <fieldset class="modes">
        <legend>Mode</legend>
        {MODES.map(({ mode, title, hint }) => (
          <label key={mode} class="check">
            <input
              type="radio"
              name="mode"
              data-testid={`mode-${mode}`}
              checked={form.mode === mode}
              onChange={() => onChange({ mode })}
            />
            <span>
              {title} <small>{hint}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <Text label="Symbol" name="symbol" value={form.symbol} onChange={(symbol) => onChange({ symbol })} />
      <Text label="Data" name="data" value={form.data} offers={dataSets} onChange={(data) => onChange({ data })} />
      <StrategySelect
        strategies={strategies}
        value={form.strategy}
        testId="strategy-select"
        onChange={(name) =>
          onChange({ strategy: name, parameters: defaultsOf(strategies.find((each) => each.name === name)) })
        }
      />
      <BudgetField value={form.budget} testId="budget" onChange={(budget) => onChange({ budget })} />
      {broken.map(({ name, error }) => (
        <p key={name} class="hint">
          {name} cannot run: {error}
        </p>
      ))}
      {strategy && (
        <ParameterFields
          key={strategy.name}
          strategy={strategy}
          values={form.parameters}
          onChange={(name, value) => onChange({ parameters: { ...form.parameters, [name]: value } })}
        />
      )}
      <PaceField pace={form.pace} max={form.max} onChange={onChange} />
    </div>
  );
}

interface TextProps {
  label: string;
  name: string;
  value: string;
  /** To choose from; anything else may be typed. */
  offers?: readonly { id: string; about: string }[];
  onChange(value: string): void;
}

function Text(props: TextProps) {
  const { offers } = props;
  return (
    <label class="field">
      <span>{props.label}</span>
      <input
        type="text"
        required
        data-testid={props.name}
        list={offers && `${props.name}-offers`}
        value={props.value}
        onInput={(event) => props.onChange(event.currentTarget.value)}
      />
      {offers && (
        <datalist id={`${props.name}-offers`}>
          {offers.map(({ id, about }) => (
            <option key={id} value={id}>
              {about}
            </option>
          ))}
        </datalist>
      )}
    </label>
  );
}
