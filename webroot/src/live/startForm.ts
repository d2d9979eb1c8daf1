import type { Parameter, ParameterValue, StartSession, Strategy } from '../api/sessions';

/** The start dialog as the user left it: text as typed. */
export interface StartForm {
  mode: StartSession['mode'];
  /** Separated by commas or spaces. */
  symbols: string;
  plans: readonly Plan[];
  budget: string;
  data: string;
  /** Times the cash that backs a position; 1 for an account without margin. */
  leverage: string;
  pace: number;
  max: boolean;
  /** What was typed where the word LIVE is asked for. */
  confirmation: string;
}

/** A strategy with what was typed for its parameters. */
export interface Plan {
  strategy: string;
  parameters: Record<string, ParameterValue>;
}

export const CONFIRMATION = 'LIVE';

/** The market as it is. */
export const LIVE_DATA = 'mexc';

const LIVE_DATA_SETS: readonly string[] = [LIVE_DATA, 'mexc-futures'];

const FIRST_STRATEGY = 'ema-cross';

export function emptyForm(strategies: readonly Strategy[]): StartForm {
  const usable = strategies.filter(({ error }) => error === null);
  const strategy = usable.find(({ name }) => name === FIRST_STRATEGY) ?? usable[0];
  return {
    mode: 'backtest',
    symbols: 'BTCUSD',
    plans: strategy ? [planOf(strategy)] : [],
    budget: '100000',
    data: 'demo',
    leverage: '1',
    pace: 60,
    max: false,
    confirmation: '',
  };
}

export const planOf = (strategy: Strategy): Plan => ({ strategy: strategy.name, parameters: defaultsOf(strategy) });

export function defaultsOf(strategy: Strategy | undefined): Record<string, ParameterValue> {
  return Object.fromEntries(
    Object.entries(strategy?.parameters ?? {}).map(([name, parameter]) => [name, parameter.default]),
  );
}

/** Whether prices come when they come, so that there is no pace. */
export const isAsItComes = ({ mode, data }: StartForm): boolean =>
  mode === 'live' || LIVE_DATA_SETS.includes(data.trim()) || data.trim().startsWith('bridge:');

export const symbolsOf = (text: string): string[] => text.split(/[\s,]+/).filter((symbol) => symbol !== '');

export function orderOf(form: StartForm, strategies: readonly Strategy[]): StartSession {
  const live = form.mode === 'live';
  const leverage = Number(form.leverage);
  return {
    mode: form.mode,
    symbols: symbolsOf(form.symbols),
    strategies: form.plans.map(({ strategy, parameters }) => {
      const known = strategies.find(({ name }) => name === strategy);
      return { name: strategy, parameters: known ? typedParameters(known, parameters) : {} };
    }),
    budget: form.budget.trim(),
    data: live ? LIVE_DATA : form.data.trim(),
    acceleration: form.max || isAsItComes(form) ? 'max' : form.pace,
    ...(!live && leverage > 1 && { account: marginOf(form.leverage) }),
    ...(live && { confirmation: form.confirmation }),
  };
}

/** Of the notional, what a position must keep; the rest of what backs it may be lost. */
export const MAINTENANCE = 0.005;

const marginOf = (leverage: string): NonNullable<StartSession['account']> => ({
  margin: { leverage: leverage.trim(), maintenance: { rate: String(MAINTENANCE) } },
});

const MUCH = 3;
const VERY_MUCH = 10;

/** What to think of before so much is borrowed; null where there is nothing. */
export function leverageWarning(text: string): string | null {
  const leverage = Number(text);
  if (!(leverage > MUCH)) return null;
  const distance = `a move of about ${((1 / leverage - MAINTENANCE) * 100).toFixed(1)} % against a position closes it by force`;
  return leverage > VERY_MUCH
    ? `${leverage} times: ${distance}.`
    : `${leverage} times: losses grow as fast as gains do.`;
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
