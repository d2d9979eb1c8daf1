import type { Strategy } from '../api/sessions';
import { ParameterFields } from './ParameterFields';
import { defaultsOf, type Plan } from './startForm';
import { StrategySelect } from './StrategySelect';

interface Props {
  plan: Plan;
  /** Its place, from 1. */
  number: number;
  removable: boolean;
  strategies: readonly Strategy[];
  onChange(plan: Plan): void;
  onRemove(): void;
}

/** One strategy of the session with its parameters. */
export function PlanFields({ plan, number, removable, strategies, onChange, onRemove }: Props) {
  const strategy = strategies.find(({ name }) => name === plan.strategy);
  return (
    <div class="plan" data-testid="plan">
      <StrategySelect
        strategies={strategies}
        value={plan.strategy}
        testId={number === 1 ? 'strategy-select' : `strategy-select-${number}`}
        onChange={(name) =>
          onChange({ strategy: name, parameters: defaultsOf(strategies.find((each) => each.name === name)) })
        }
      />
      {strategy && (
        <ParameterFields
          key={strategy.name}
          strategy={strategy}
          values={plan.parameters}
          onChange={(name, value) => onChange({ ...plan, parameters: { ...plan.parameters, [name]: value } })}
        />
      )}
      {removable && (
        <button type="button" aria-label={`Remove strategy ${number}, ${plan.strategy}`} onClick={onRemove}>
          Remove
        </button>
      )}
    </div>
  );
}
