import type { Micros, RecordingState } from '../messages';
import { deleteJson, getJson, postFile, postJson } from './http';

export type StreamKind = 'trades' | 'quotes' | 'books' | 'bars';

export const STREAMS: readonly StreamKind[] = ['trades', 'quotes', 'books', 'bars'];

export interface CollectionPart {
  symbol: string;
  stream: StreamKind;
  /** Of bars. */
  interval: string | null;
  rows: number;
  from: Micros;
  to: Micros;
}

/** A data collection: what was recorded of the market, without a strategy. */
export interface Collection {
  session_id: string;
  status: RecordingState['status'];
  symbols: string[];
  streams: StreamKind[];
  /** `import:NAME` for a file that was imported. */
  data: string;
  acceleration: 'max' | number;
  clock: Micros | null;
  started_at: Micros;
  ended_at: Micros | null;
  error: string | null;
  rows: number;
  /** An estimate. */
  bytes: number;
  from: Micros | null;
  to: Micros | null;
  contents: CollectionPart[];
}

export interface Spot {
  seq: number;
  time: Micros;
  price: number | null;
}

/** What was found in one stream of one symbol; lengths are microseconds. */
export interface StreamQuality {
  symbol: string;
  stream: StreamKind;
  interval: string | null;
  rows: number;
  first: Micros;
  last: Micros;
  distance: number | null;
  holes: {
    longer_than: number | null;
    count: number;
    more: boolean;
    missing_bars: number | null;
    longest: { from: Micros; to: Micros; seq: number; missing_bars: number | null }[];
  };
  duplicates: { count: number; spots: Spot[] };
  outliers: {
    limit: number;
    count: number;
    more: boolean;
    worst: { seq: number; time: Micros; price: number; around: number }[];
  } | null;
  backwards: { count: number; worst: number; spots: Spot[] };
  skipped_ids: { count: number; spots: Spot[] } | null;
  delay: { least: number; greatest: number; mean: number; negative: number } | null;
}

export interface QualityReport {
  session_id: string;
  rows: number;
  complete: boolean;
  streams: StreamQuality[];
}

export interface StartCollection {
  symbols: string[];
  streams: StreamKind[];
  data: string;
  acceleration: 'max' | number;
}

const PATH = '/api/data-collection/sessions';
const path = (id: string): string => `${PATH}/${id}`;

/** The calls about data collections, as one value: a test puts its own in their place. */
export const collectionsApi = {
  list: (cursor: string | null): Promise<{ items: Collection[]; next_cursor: string | null }> =>
    getJson(`${PATH}?limit=50${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`),

  get: (id: string): Promise<Collection> => getJson(path(id)),

  start: (order: StartCollection): Promise<Collection> => postJson(PATH, order),

  stop: (id: string): Promise<Collection> => postJson(`${path(id)}/stop`, {}),

  remove: (id: string): Promise<unknown> => deleteJson(path(id)),

  quality: (id: string): Promise<QualityReport> => getJson(`${path(id)}/quality`),

  importFile: async (file: File, symbol: string, kind: StreamKind | ''): Promise<Collection> => {
    const query = new URLSearchParams({ symbol, name: nameOf(file) });
    if (kind !== '') query.set('kind', kind);
    return postFile(`/api/data-collection/import?${query.toString()}`, file, await mediaTypeOf(file));
  },
};

/** As the platform takes names. */
export const nameOf = ({ name }: Pick<File, 'name'>): string =>
  name.replace(/[^A-Za-z0-9._-]/g, '_').replace(/^[^A-Za-z0-9]+/, '').slice(0, 100) || 'import.csv';

/** Its first bytes tell, whatever it is called; what is no Parquet must be CSV. */
export const mediaTypeOf = async (file: Blob): Promise<string> =>
  (await file.slice(0, 4).text()) === 'PAR1' ? 'application/vnd.apache.parquet' : 'text/csv';

export const exportPath = (
  id: string,
  { stream, symbol }: Pick<CollectionPart, 'stream' | 'symbol'>,
  format: 'csv' | 'parquet',
): string => `${path(id)}/export?kind=${stream}&symbol=${encodeURIComponent(symbol)}&format=${format}`;
