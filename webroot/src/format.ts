import { textInZone } from './desk/timeZone';
import type { Decimal, Micros } from './messages';

/** Stands for a value that is not there yet. */
export const NONE = '–';

const MINUS = '−';

/** Decimal text is rounded exactly, never through a binary number. */
function formatter(least: number, most: number): (value: Decimal | number) => string {
  const format = new Intl.NumberFormat('en-US', { minimumFractionDigits: least, maximumFractionDigits: most });
  return (value) => format.format(value as number | `${number}`).replace('-', MINUS);
}

const money2 = formatter(2, 2);
const quantity8 = formatter(0, 8);
const price8 = formatter(2, 8);
const average4 = formatter(2, 4);

/** `12,345.68`, in quote currency. */
export const money = (value: Decimal | number | null): string => (value === null ? NONE : money2(value));

/** `0.015`, in base currency, with every digit that counts. */
export const quantity = (value: Decimal | number | null): string => (value === null ? NONE : quantity8(value));

/** `8,123.40`, with every digit that counts. */
export const price = (value: Decimal | number | null): string => (value === null ? NONE : price8(value));

/** An average price has endless digits: rounded to the places of its neighbours. */
export const averagePrice = (value: Decimal | number | null): string => (value === null ? NONE : average4(value));

/** `8,123.40` with as many places as asked for, so that a changing value keeps its width. */
export const fixed = (value: number | null, places: number): string =>
  value === null
    ? NONE
    : value.toLocaleString('en-US', { minimumFractionDigits: places, maximumFractionDigits: places }).replace('-', MINUS);

export type Direction = 'up' | 'down' | 'flat';

export function directionOf(value: Decimal | number): Direction {
  const number = Number(value);
  return number > 0 ? 'up' : number < 0 ? 'down' : 'flat';
}

/** `▲ +12.30`, `▼ −4.00`, `0.00`: sign and arrow, so that colour is never alone. */
export function signedMoney(value: Decimal | number | null): string {
  if (value === null) return NONE;
  const direction = directionOf(value);
  if (direction === 'flat') return money(0);
  return direction === 'up' ? `▲ +${money(value)}` : `▼ ${money(value)}`;
}

/** `−1.25 %` from a share. */
export const percent = (share: number | null): string =>
  share === null ? NONE : `${(share === 0 ? '0.00' : (share * 100).toFixed(2)).replace('-', MINUS)} %`;

/** `2017-06-01 12:34:56`, in the chosen time zone. */
export const dateTime = (time: Micros | null): string => (time === null ? NONE : textInZone(time / 1000));

/** `8 s`, `3 min`: how long ago. */
export function age(milliseconds: number): string {
  const seconds = Math.floor(Math.max(0, milliseconds) / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}

/** `60×` or `Max`. */
export const pace = (acceleration: 'max' | number): string =>
  acceleration === 'max' ? 'Max' : `${acceleration}×`;

/** `partially filled`: a name of the platform, for people. */
export const words = (name: string): string => name.replaceAll('_', ' ');
