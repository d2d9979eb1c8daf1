import type { Decimal } from './messages';

/** Exact difference of two decimal texts such as `100000` and `99.25`. */
export function subtract(minuend: Decimal, subtrahend: Decimal): Decimal {
  const places = Math.max(placesOf(minuend), placesOf(subtrahend));
  const units = unitsOf(minuend, places) - unitsOf(subtrahend, places);
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = places > 0 ? `.${digits.slice(-places)}` : '';
  return `${units < 0n ? '-' : ''}${whole}${fraction}`;
}

const placesOf = (text: Decimal): number => (text.split('.')[1] ?? '').length;

function unitsOf(text: Decimal, places: number): bigint {
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new RangeError(`a decimal is digits with at most one point, was '${text}'`);
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(places, '0'));
}
