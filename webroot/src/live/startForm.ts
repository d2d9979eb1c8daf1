import type { Parameter, ParameterValue, StartSession, Strategy } from '../api/sessions';

/** The start dialog as the user left it: text as typed. */
export interface StartForm {
  mode: StartSession['mode'];
  symbol: string;
  strategy: string;
  parameters: Record<string, ParameterValue>;
  budget: string;
  data: string;
  pace: number;
  max: boolean;
}

const FIRST_STRATEGY = 'ema-cross';

export function emptyForm(strategies: readonly Strategy[]): StartForm {
  const usable = strategies.filter(({ error }) => error === null);
  const strategy = usable.find(({ name }) => name === FIRST_STRATEGY) ?? usable[0];
  return {
    mode: 'backtest',
    symbol: 'BTCUSD',
    strategy: strategy?.name ?? '',
    parameters: defaultsOf(strategy),
    budget: '100000',
    data: 'demo',
    pace: 60,
    max: false,
  };
}

export function defaultsOf(strategy: Strategy | undefined): Record<string, ParameterValue> {
  return Object.fromEntries(
    Object.entries(strategy?.parameters ?? {}).map(([name, parameter]) => [name, parameter.default]),
  );
}

export function orderOf(form: StartForm, strategy: Strategy): StartSession {
  return {
    mode: form.mode,
    symbols: [form.symbol.trim()],
    strategies: [{ name: form.strategy, parameters: typedParameters(strategy, form.parameters) }],
    budget: form.budget.trim(),
    data: form.data.trim(),
    acceleration: form.max ? 'max' : form.pace,
  };
}

/** All that the strategy declares, each as its type wants it. */
export function typedParameters(
  strategy: Strategy,
  values: Record<string, ParameterValue>,
): Record<string, ParameterValue> {
  return Object.fromEntries(
    Object.entries(strategy.parameters).map(([name, parameter]) => [
      name,
      typed(parameter, values[name] ?? parameter.default),
    ]),
  );
}

/** Inputs give text; the platform wants numbers where the parameter is one. */
function typed({ type, options }: Parameter, value: ParameterValue): ParameterValue {
  switch (type) {
    case 'int':
    case 'float':
      return Number(value);
    case 'bool':
      return value === true;
    case 'choice':
      return options?.find((option) => String(option) === String(value)) ?? value;
    case 'string':
      return String(value);
  }
}

const SLIDER_END = 300;
const FASTEST = 1_000;

/** The slider is logarithmic: every third of it is ten times faster. */
export const paceAt = (position: number): number => Math.round(FASTEST ** (position / SLIDER_END));

export const positionOf = (pace: number): number => Math.round((Math.log(pace) / Math.log(FASTEST)) * SLIDER_END);

export { SLIDER_END };
