import type { Palette, ThemeChoice } from '../desk/theme';
import type { Decimal, Micros } from '../messages';
import { deleteJson, getJson, putJson } from './http';

/** How the console looks and behaves for one user, in every browser. */
export interface Settings {
  theme: ThemeChoice;
  palette: Palette;
  time_zone: string;
  confirm_cancel: boolean;
}

export const settingsApi = {
  get: (): Promise<Settings> => getJson('/api/settings'),
  save: (settings: Settings): Promise<Settings> => putJson('/api/settings', settings),
};

export type SettingsApi = typeof settingsApi;

export type RiskAction = 'block' | 'cancel' | 'close';

export interface RiskStop {
  limit: Decimal;
  action: RiskAction;
}

export interface RiskLimits {
  order_notional?: Decimal;
  position_notional?: Decimal;
  strategy_notional?: Decimal;
  leverage?: Decimal;
  open_orders?: number;
  orders_per_minute?: number;
  collar_percent?: Decimal;
  daily_loss?: RiskStop;
  drawdown_percent?: RiskStop;
  losing_streak?: { losses: number; minutes: number; action: RiskAction };
}

/** What sessions may do that name no limits of their own. */
export interface StandingLimits {
  limits: RiskLimits;
  /** Null where those of the configuration hold. */
  saved: RiskLimits | null;
  configured: RiskLimits;
  /** Those of the command line, which come first. */
  firm: RiskLimits;
  changed_at: Micros | null;
  changed_by: string | null;
}

export const getLimits = (): Promise<StandingLimits> => getJson('/api/risk/limits');

export const saveLimits = (limits: RiskLimits): Promise<StandingLimits> => putJson('/api/risk/limits', limits);

export const forgetLimits = (): Promise<StandingLimits> => deleteJson('/api/risk/limits');
