import { getJson } from './http';

export interface IndicatorParameter {
  name: string;
  type: 'int' | 'float' | 'choice';
  default: number | string;
  min?: number;
  max?: number;
  options?: string[];
}

export interface Indicator {
  /** As a strategy writes it in `use`. */
  name: string;
  title: string;
  group: string;
  /** A series takes a stream and a field, bars the stream alone. */
  input: 'series' | 'bars' | 'books';
  parameters: IndicatorParameter[];
  /** The first is the one that `value` means. */
  outputs: string[];
  /** Steps until the first values, with the default parameters; null when that depends on the data. */
  warm_up: number | null;
  /** Who defined it. */
  source: string;
}

export const listIndicators = async (): Promise<Indicator[]> =>
  (await getJson<{ indicators: Indicator[] }>('/api/indicators')).indicators;
