import type { Strategy } from '../api/sessions';
import { useDesk } from '../desk/context';
import { BudgetField } from './BudgetField';
import { LeverageField } from './LeverageField';
import { LiveFields } from './LiveFields';
import { PaceField } from './PaceField';
import { PlanFields } from './PlanFields';
import { isAsItComes, LIVE_DATA, planOf, type Plan, type StartForm } from './startForm';

interface Props {
  form: StartForm;
  strategies: readonly Strategy[];
  onChange(change: Partial<StartForm>): void;
}

const MODES = [
  { mode: 'backtest', title: 'Replay', hint: 'as a backtest on recorded data' },
  { mode: 'paper', title: 'Paper', hint: 'simulated orders' },
  { mode: 'live', title: 'Live', hint: 'real orders, real money' },
] as const;

/** Mode, market, strategies with their parameters, budget, leverage, data and pace. */
export function StartFields({ form, strategies, onChange }: Props) {
  const dataSets = (useDesk().backtests.dataSets.value ?? []).filter(({ problem }) => problem === null);
  const usable = strategies.filter(({ error }) => error === null);
  const broken = strategies.filter(({ error }) => error !== null);
  const live = form.mode === 'live';
  const change = (index: number, plan: Plan | null): void => {
    onChange({ plans: form.plans.flatMap((each, i) => (i === index ? (plan ?? []) : each)) });
  };
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
              onChange={() => onChange({ mode, confirmation: '' })}
            />
            <span>
              {title} <small>{hint}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <Text
        label="Symbols"
        hint="with commas between"
        name="symbols"
        value={form.symbols}
        onChange={(symbols) => onChange({ symbols })}
      />
      {live ? (
        <p class="about">
          Data: <code>{LIVE_DATA}</code>, the market of the exchange as it is.
        </p>
      ) : (
        <Text
          label="Data"
          hint="of several symbols SYMBOL=DATA for each"
          name="data"
          value={form.data}
          offers={[...dataSets, { id: LIVE_DATA, about: 'the market of the exchange as it is; for paper' }]}
          onChange={(data) => onChange({ data })}
        />
      )}
      {form.plans.map((plan, index) => (
        <PlanFields
          key={index}
          plan={plan}
          number={index + 1}
          removable={form.plans.length > 1}
          strategies={strategies}
          onChange={(changed) => change(index, changed)}
          onRemove={() => change(index, null)}
        />
      ))}
      {usable[0] && (
        <button
          type="button"
          data-testid="add-strategy"
          onClick={() => {
            const next = usable.find(({ name }) => form.plans.every(({ strategy }) => strategy !== name)) ?? usable[0];
            if (next) onChange({ plans: [...form.plans, planOf(next)] });
          }}
        >
          Add a strategy
        </button>
      )}
      {broken.map(({ name, error }) => (
        <p key={name} class="hint">
          {name} cannot run: {error}
        </p>
      ))}
      <BudgetField value={form.budget} testId="budget" onChange={(budget) => onChange({ budget })} />
      {!live && <LeverageField value={form.leverage} onChange={(leverage) => onChange({ leverage })} />}
      {!isAsItComes(form) && <PaceField pace={form.pace} max={form.max} onChange={onChange} />}
      {live && <LiveFields value={form.confirmation} onChange={(confirmation) => onChange({ confirmation })} />}
    </div>
  );
}

interface TextProps {
  label: string;
  hint: string;
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
      <span>
        {props.label} <small>{props.hint}</small>
      </span>
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
