import { hoverTooltip } from '@codemirror/view';
import type { Extension } from '@codemirror/state';
import { placeAt } from '../indicators/place';
import { explanationPopup } from '../popup';
import type { Ask } from './protocol';

/** Tells what TypeScript knows of the word that is pointed at. */
export const typeHover = (ask: Ask): Extension =>
  hoverTooltip(async (view, at, side) => {
    if (placeAt(view.state, at, side)?.kind === 'name') return null;
    const found = await ask('hover', { source: view.state.doc.toString(), at });
    if (!found) return null;
    return { pos: found.from, end: found.to, above: true, create: () => ({ dom: explanationPopup(found) }) };
  });
