import { snippet, type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { hoverTooltip } from '@codemirror/view';
import type { Extension } from '@codemirror/state';
import type { Indicator, IndicatorParameter } from '../../api/indicators';
import { linesPopup } from '../popup';
import { aboutIndicator, aboutParameter } from './about';
import { placeAt, type Place } from './place';

/** The registry of the platform, by name; empty until it has arrived. */
export type Registry = () => Promise<ReadonlyMap<string, Indicator>>;

/** Completes names of indicators, their parameters and choices where one is declared. */
export const indicatorCompletions =
  (registry: Registry) =>
  async (context: CompletionContext): Promise<CompletionResult | null> => {
    const place = placeAt(context.state, context.pos);
    if (!place) return null;
    const options = optionsAt(place, await registry());
    const behind = context.state.sliceDoc(place.to, place.to + 20);
    const hasValue = place.kind === 'parameter' && /^\s*:/.test(behind);
    return { from: place.from, to: place.to, options: hasValue ? options.map(nameOnly) : options, validFor: /^[\w-]*$/ };
  };

/** Tells what an indicator or its parameter is when it is pointed at. */
export const indicatorHover = (registry: Registry): Extension =>
  hoverTooltip(async (view, at, side) => {
    const place = placeAt(view.state, at, side);
    if (!place) return null;
    const popup = popupAt(place, view.state.sliceDoc(place.from, place.to), await registry());
    return popup ? { pos: place.from, end: place.to, above: true, create: () => ({ dom: popup }) } : null;
  });

export function optionsAt(place: Place, registry: ReadonlyMap<string, Indicator>): Completion[] {
  switch (place.kind) {
    case 'name':
      return [...registry.values()].map((indicator) => ({
        label: indicator.name,
        detail: indicator.title,
        type: 'constant',
        info: () => linesPopup(indicator.title, aboutIndicator(indicator)),
      }));
    case 'parameter':
      return (registry.get(place.indicator)?.parameters ?? [])
        .filter(({ name }) => !place.given.includes(name))
        .map((parameter) => ({
          label: parameter.name,
          detail: aboutParameter(parameter),
          type: 'property',
          boost: 50,
          apply: snippet(`${parameter.name}: \${1:${literal(parameter)}}`),
        }));
    case 'choice':
      return (parameterAt(place, registry)?.options ?? []).map((option) => ({ label: option, type: 'constant' }));
  }
}

function popupAt(place: Place, word: string, registry: ReadonlyMap<string, Indicator>): HTMLElement | null {
  if (place.kind === 'name') {
    const indicator = registry.get(word);
    return indicator ? linesPopup(indicator.title, aboutIndicator(indicator)) : null;
  }
  const name = place.kind === 'choice' ? place.parameter : word;
  const parameter = registry.get(place.indicator)?.parameters.find((each) => each.name === name);
  return parameter ? linesPopup(`${place.indicator} ${name}`, [aboutParameter(parameter)]) : null;
}

const parameterAt = (
  { indicator, parameter }: { indicator: string; parameter: string },
  registry: ReadonlyMap<string, Indicator>,
): IndicatorParameter | undefined => registry.get(indicator)?.parameters.find(({ name }) => name === parameter);

const literal = ({ options, default: standard }: IndicatorParameter): string =>
  options ? `'${standard}'` : String(standard);

const nameOnly = ({ apply: _, ...completion }: Completion): Completion => completion;
