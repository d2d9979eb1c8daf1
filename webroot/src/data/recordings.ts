import { signal } from '@preact/signals';
import type { Collection } from '../api/collections';
import type { RecordingState } from '../messages';

/** What the platform tells of its data collections while the console is open. */
export class Recordings {
  /** The latest of each, by id. */
  readonly live = signal<ReadonlyMap<string, RecordingState>>(new Map());
  /** Those that were deleted. */
  readonly gone = signal<ReadonlySet<string>>(new Set());

  hear(id: string, state: RecordingState): void {
    this.live.value = new Map(this.live.peek()).set(id, state);
  }

  forget(id: string): void {
    this.gone.value = new Set(this.gone.peek()).add(id);
  }
}

export const isOver = ({ status }: Pick<RecordingState, 'status'>): boolean => status === 'stopped' || status === 'failed';

/** What was asked for, with what was heard since. What has ended stays ended. */
export function upToDate(asked: Collection, heard: RecordingState | undefined): Collection {
  if (!heard || isOver(asked)) return asked;
  const { status, clock, error, ended_at } = heard;
  return { ...asked, status, clock, error, ended_at, rows: Math.max(asked.rows, heard.rows) };
}
