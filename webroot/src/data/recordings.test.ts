import { describe, expect, it } from 'vitest';
import { exportPath, mediaTypeOf, nameOf, type Collection } from '../api/collections';
import type { RecordingState } from '../messages';
import { Recordings, upToDate } from './recordings';

const asked = (change: Partial<Collection> = {}): Collection => ({
  session_id: 'dc_1',
  status: 'running',
  symbols: ['BTCUSD'],
  streams: ['trades'],
  data: 'demo',
  acceleration: 'max',
  clock: 5,
  started_at: 1,
  ended_at: null,
  error: null,
  rows: 10,
  bytes: 1_000,
  from: 1,
  to: 5,
  contents: [],
  ...change,
});

const heard = (change: Partial<RecordingState> = {}): RecordingState => ({
  status: 'running',
  symbols: ['BTCUSD'],
  streams: ['trades'],
  data: 'demo',
  acceleration: 'max',
  clock: 9,
  rows: 20,
  consumed: 0.5,
  started_at: 1,
  ended_at: null,
  error: null,
  ...change,
});

describe('recordings', () => {
  it('show what was heard since they were asked for', () => {
    expect(upToDate(asked(), heard())).toMatchObject({ rows: 20, clock: 9, bytes: 1_000 });
    expect(upToDate(asked(), heard({ status: 'failed', error: 'no', ended_at: 7 }))).toMatchObject({
      status: 'failed',
      error: 'no',
      ended_at: 7,
    });
  });

  it('never lose rows, and what has ended stays ended', () => {
    expect(upToDate(asked({ rows: 30 }), heard()).rows).toBe(30);
    const ended = asked({ status: 'stopped' });
    expect(upToDate(ended, heard())).toBe(ended);
    expect(upToDate(ended, undefined)).toBe(ended);
  });

  it('are remembered by id', () => {
    const recordings = new Recordings();
    recordings.hear('dc_1', heard());
    recordings.hear('dc_2', heard({ rows: 1 }));
    recordings.forget('dc_1');
    expect(recordings.live.value.get('dc_2')?.rows).toBe(1);
    expect(recordings.gone.value.has('dc_1')).toBe(true);
  });
});

describe('the name of a file', () => {
  it('is made of what the platform takes', () => {
    expect(nameOf({ name: 'BTC trades (1).csv' })).toBe('BTC_trades__1_.csv');
    expect(nameOf({ name: '.csv' })).toBe('csv');
    expect(nameOf({ name: '…' })).toBe('import.csv');
  });

  it('does not say what is in it: its first bytes do', async () => {
    expect(await mediaTypeOf(new File(['PAR1\u0015'], 'trades.csv'))).toBe('application/vnd.apache.parquet');
    expect(await mediaTypeOf(new File(['time,price,amount\n'], 'trades.parquet'))).toBe('text/csv');
    expect(await mediaTypeOf(new File([], 'empty'))).toBe('text/csv');
  });
});

describe('an export', () => {
  it('is of one stream of one symbol, in one format', () => {
    expect(exportPath('dc_1', { stream: 'books', symbol: 'BTC/USD' }, 'parquet')).toBe(
      '/api/data-collection/sessions/dc_1/export?kind=books&symbol=BTC%2FUSD&format=parquet',
    );
  });
});
