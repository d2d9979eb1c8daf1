import type { RiskAction, RiskLimits, RiskStop } from '../api/settings';

export const ACTIONS: readonly RiskAction[] = ['block', 'cancel', 'close'];

/** A limit with one number. */
export interface PlainLimit {
  name: 'order_notional' | 'position_notional' | 'strategy_notional' | 'leverage' | 'open_orders' | 'orders_per_minute' | 'collar_percent';
  title: string;
  unit: string;
  whole?: true;
}

export const PLAIN: readonly PlainLimit[] = [
  { name: 'order_notional', title: 'One order', unit: 'quote currency' },
  { name: 'position_notional', title: 'Exposure to a symbol', unit: 'quote currency' },
  { name: 'strategy_notional', title: 'Exposure of a strategy', unit: 'quote currency' },
  { name: 'leverage', title: 'Leverage', unit: 'times equity' },
  { name: 'open_orders', title: 'Waiting orders', unit: 'at once', whole: true },
  { name: 'orders_per_minute', title: 'Orders a minute', unit: 'of the session', whole: true },
  { name: 'collar_percent', title: 'Price collar', unit: '% beyond the latest price' },
];

export const STOPS: readonly { name: 'daily_loss' | 'drawdown_percent'; title: string; unit: string }[] = [
  { name: 'daily_loss', title: 'Loss of a day', unit: 'quote currency' },
  { name: 'drawdown_percent', title: 'Drawdown', unit: '% below the highest equity' },
];

/** What stands in the form; an empty number is a limit that does not hold. */
export type LimitsForm = Record<string, string>;

export function formOf(limits: RiskLimits): LimitsForm {
  const form: LimitsForm = {};
  for (const { name } of PLAIN) form[name] = String(limits[name] ?? '');
  for (const { name } of STOPS) {
    form[name] = limits[name]?.limit ?? '';
    form[`${name}.action`] = limits[name]?.action ?? 'cancel';
  }
  form['losing_streak'] = String(limits.losing_streak?.losses ?? '');
  form['losing_streak.minutes'] = String(limits.losing_streak?.minutes ?? 60);
  form['losing_streak.action'] = limits.losing_streak?.action ?? 'block';
  return form;
}

export function limitsOf(form: LimitsForm): RiskLimits {
  const limits: Record<string, unknown> = {};
  const typed = (name: string): string => (form[name] ?? '').trim();
  for (const { name, whole } of PLAIN) {
    if (typed(name) !== '') limits[name] = whole ? Number(typed(name)) : typed(name);
  }
  for (const { name } of STOPS) {
    const stop: RiskStop = { limit: typed(name), action: typed(`${name}.action`) as RiskAction };
    if (stop.limit !== '') limits[name] = stop;
  }
  if (typed('losing_streak') !== '') {
    limits['losing_streak'] = {
      losses: Number(typed('losing_streak')),
      minutes: Number(typed('losing_streak.minutes')),
      action: typed('losing_streak.action'),
    };
  }
  return limits as RiskLimits;
}
