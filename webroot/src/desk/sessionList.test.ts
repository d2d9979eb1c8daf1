import { expect, test } from 'vitest';
import { sessionState } from '../testing';
import { firstChoice, mergeSessions } from './sessionList';

const old = sessionState({ session_id: 'bt_old', started_at: 1, status: 'stopped' });
const running = sessionState({ session_id: 'bt_run', started_at: 2 });
const newest = sessionState({ session_id: 'bt_new', started_at: 3, status: 'failed' });

test('the first choice is the newest that runs, else the newest', () => {
  expect(firstChoice([newest, running, old])).toBe('bt_run');
  expect(firstChoice([newest, old])).toBe('bt_new');
  expect(firstChoice([])).toBeNull();
});

test('sessions come newest first, each with its latest state', () => {
  const stopping = { ...running, status: 'stopping' as const };
  expect(mergeSessions([old, running], [newest, stopping])).toEqual([newest, stopping, old]);
});

test('an answer that was overtaken does not wake a session that has ended', () => {
  const ended = { ...running, status: 'stopped' as const };
  expect(mergeSessions([ended], [running])).toEqual([ended]);
});

test('a backtest at full speed is not what the console begins with', () => {
  const fast = sessionState({ session_id: 'bt_2', acceleration: 'max', started_at: 2 });
  const paper = sessionState({ session_id: 'pp_1', mode: 'paper', acceleration: 'max', status: 'stopped' });
  expect(firstChoice([fast, paper])).toBe('pp_1');
  expect(firstChoice([fast])).toBeNull();
});
