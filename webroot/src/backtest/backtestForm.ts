import type { DataSet, StartBacktest } from '../api/backtests';
import type { ParameterValue } from '../api/sessions';
import type { ListedStrategy } from '../api/strategies';
import { defaultsOf, typedParameters } from '../live/startForm';
import type { Micros } from '../messages';

/** The form of a backtest as the user left it: text as typed. */
export interface BacktestForm {
  strategy: string;
  /** Empty for the latest. */
  version: string;
  parameters: Record<string, ParameterValue>;
  data: string;
  symbols: string;
  /** `2013-11-26T00:00` in UTC; empty for all there is. */
  from: string;
  to: string;
  /** Empty for the strategy's own. */
  interval: string;
  budget: string;
  pace: number;
  max: boolean;
}

export const emptyForm = (): BacktestForm => ({
  strategy: '',
  version: '',
  parameters: {},
  data: 'demo',
  symbols: 'BTCUSD',
  from: '',
  to: '',
  interval: '',
  budget: '100000',
  pace: 60,
  max: true,
});

/** The first strategy that can run, unless one was chosen that still can. */
export function withStrategy(form: BacktestForm, strategies: readonly ListedStrategy[], name: string): BacktestForm {
  const usable = strategies.filter(({ error }) => error === null);
  const strategy = usable.find((each) => each.name === name) ?? usable[0];
  if (!strategy) return form;
  return { ...form, strategy: strategy.name, version: '', parameters: defaultsOf(strategy) };
}

/** A data set that knows its symbols brings them along; a range of other data means nothing to it. */
export function withData(form: BacktestForm, set: DataSet): BacktestForm {
  return { ...form, data: set.id, symbols: set.symbols?.join(', ') ?? form.symbols, from: '', to: '' };
}

export function orderOf(form: BacktestForm, strategy: ListedStrategy): StartBacktest {
  const from = microsOf(form.from);
  const to = microsOf(form.to);
  return {
    strategy: form.strategy,
    ...(form.version !== '' && { version: Number(form.version) }),
    parameters: typedParameters(strategy, form.parameters),
    symbols: symbolsOf(form.symbols),
    data: form.data,
    ...(from !== null && { from }),
    ...(to !== null && { to }),
    ...(form.interval !== '' && { interval: form.interval }),
    budget: form.budget.trim(),
    acceleration: form.max ? 'max' : form.pace,
  };
}

export const symbolsOf = (text: string): string[] =>
  text
    .split(/[\s,]+/)
    .map((symbol) => symbol.trim())
    .filter((symbol) => symbol !== '');

/** What a `datetime-local` field holds, read as UTC; null when it holds nothing. */
export function microsOf(text: string): Micros | null {
  const millis = Date.parse(`${text}Z`);
  return Number.isNaN(millis) ? null : millis * 1000;
}

/** For a `datetime-local` field. */
export const fieldOf = (time: Micros): string => new Date(time / 1000).toISOString().slice(0, 16);

/** `2013-11-25 to 2013-12-03, 100,000 rows`: what a data set says of itself. */
export function aboutData({ about, from, to, rows, problem }: DataSet): string {
  if (problem !== null) return problem;
  const day = (time: Micros): string => new Date(time / 1000).toISOString().slice(0, 10);
  const range = from === null ? '' : to === null ? `, from ${day(from)}` : `, ${day(from)} to ${day(to)}`;
  return `${about}${range}${rows === null ? '' : `, ${rows.toLocaleString('en-US')} rows`}`;
}
