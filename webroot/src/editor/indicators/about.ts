import type { Indicator, IndicatorParameter } from '../../api/indicators';

/** What an editor shows of an indicator, line by line. */
const OF = { series: 'a series', bars: 'whole bars', books: 'an order book' } as const;

export function aboutIndicator({ group, input, parameters, outputs, warm_up, source }: Indicator): string[] {
  return [
    `${group}, of ${OF[input]}`,
    ...parameters.map((parameter) => `${parameter.name}: ${aboutParameter(parameter)}`),
    `Gives ${outputs.join(', ')}`,
    warm_up === null ? 'Warm-up depends on the data' : `Warm-up ${warm_up} ${warm_up === 1 ? 'step' : 'steps'}`,
    `Source: ${source}`,
  ];
}

/** `int, 1 to 500, 9 when left out`. */
export function aboutParameter({ type, min, max, options, default: standard }: IndicatorParameter): string {
  const range = options ? options.join(' | ') : `${type}${rangeOf(min, max)}`;
  return `${range}, ${standard} when left out`;
}

function rangeOf(min: number | undefined, max: number | undefined): string {
  if (min === undefined || max === undefined) return '';
  return `, ${min} to ${max}`;
}
