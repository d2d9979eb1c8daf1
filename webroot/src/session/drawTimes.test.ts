import { beforeEach, expect, test } from 'vitest';
import { DrawTimes, WINDOW_MS } from './drawTimes';

/** The platform's clock, in microseconds; the one here is ahead of it. */
const AHEAD_MS = 7_000;
const NOON_MS = 1_767_268_800_000;

let clock: number;
let times: DrawTimes;
const micros = (milliseconds: number): number => Math.round((milliseconds - AHEAD_MS) * 1000);

beforeEach(() => {
  clock = NOON_MS;
  times = new DrawTimes(() => clock);
});

/** @param took from the platform to the screen */
function tick(took: number): void {
  times.arrived(micros(clock - took));
  times.drawn();
}

function known(): void {
  times.heard(micros(clock - 2));
  times.answered(4);
}

test('nothing is said before the clocks can be compared, nor without ticks', () => {
  tick(10);
  times.look();
  expect(times.p99.value).toBeNull();
  known();
  times.look();
  expect(times.p99.value).toBeNull();
});

test('clocks that are apart do not matter', () => {
  known();
  tick(30);
  times.look();
  expect(times.p99.value).toBeCloseTo(30, 2);
});

test('of a hundred the second longest counts', () => {
  known();
  for (let took = 1; took <= 100; took++) tick(took);
  times.look();
  expect(times.p99.value).toBeCloseTo(99, 2);
});

test('a message that took longer than the quickest does not set the clocks', () => {
  known();
  times.heard(micros(clock - 500));
  tick(20);
  times.look();
  expect(times.p99.value).toBeCloseTo(20, 2);
});

test('a tick waits for its frame', () => {
  known();
  times.arrived(micros(clock - 5));
  clock += 16;
  times.drawn();
  times.look();
  expect(times.p99.value).toBeCloseTo(21, 2);
});

test('what was long ago is forgotten', () => {
  known();
  tick(400);
  clock += WINDOW_MS - 1;
  tick(10);
  times.look();
  expect(times.p99.value).toBeCloseTo(400, 2);
  clock += 2;
  times.look();
  expect(times.p99.value).toBeCloseTo(10, 2);
});

test('what nobody looked at does not count', () => {
  known();
  times.arrived(micros(clock - 5));
  times.forget();
  clock += 100_000;
  times.drawn();
  times.look();
  expect(times.p99.value).toBeNull();
});

test('a clock that is set is believed after two minutes', () => {
  known();
  const back = 3_000;
  clock += 200_000;
  for (let i = 0; i < 2; i++) {
    times.heard(micros(clock + back - 2));
    times.answered(4);
    clock += 61_000;
  }
  times.heard(micros(clock + back - 2));
  times.arrived(micros(clock + back - 15));
  times.drawn();
  times.look();
  expect(times.p99.value).toBeCloseTo(15, 2);
});
