import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';

type SyntaxNode = ReturnType<typeof syntaxTree>['topNode'];

/** What of an indicator's declaration stands at a place: `{ use: 'ema', on: 'main.close', period: 9 }`. */
export type Place =
  | { kind: 'name'; from: number; to: number }
  | { kind: 'parameter'; from: number; to: number; indicator: string; given: string[] }
  | { kind: 'choice'; from: number; to: number; indicator: string; parameter: string };

/** @param side -1 looks at what stands before the place, 1 behind it */
export function placeAt(state: EditorState, at: number, side: -1 | 1 = -1): Place | null {
  const node = syntaxTree(state).resolveInner(at, side);
  switch (node.name) {
    case 'String':
      return inString(state, node, at);
    case 'PropertyDefinition':
    case 'VariableName':
      return isKey(node) ? parameter(state, node.parent?.parent, node.from, node.to) : null;
    case 'ObjectExpression':
    case '{':
    case ',':
      return side === -1 && startsKey(state, at) ? parameter(state, objectOf(node), at, at) : null;
    default:
      return null;
  }
}

function inString(state: EditorState, node: SyntaxNode, at: number): Place | null {
  const property = node.parent;
  if (property?.name !== 'Property' || property.lastChild?.from !== node.from) return null;
  const quoted = state.sliceDoc(node.from, node.to);
  const closed = quoted.length > 1 && quoted.endsWith(quoted.charAt(0));
  const range = { from: node.from + 1, to: closed ? node.to - 1 : node.to };
  if (at < range.from || at > range.to) return null;
  const key = keyOf(state, property);
  if (key === 'use') return { kind: 'name', ...range };
  const indicator = useOf(state, property.parent);
  return indicator !== null && key !== null && key !== 'on' && key !== 'plot'
    ? { kind: 'choice', ...range, indicator, parameter: key }
    : null;
}

function parameter(state: EditorState, object: SyntaxNode | null | undefined, from: number, to: number): Place | null {
  const indicator = useOf(state, object ?? null);
  if (!object || indicator === null) return null;
  const given = object
    .getChildren('Property')
    .filter((property) => property.from !== from)
    .map((property) => keyOf(state, property) ?? '');
  return { kind: 'parameter', from, to, indicator, given };
}

/** The indicator that an object declares, as its member `use` says. */
function useOf(state: EditorState, object: SyntaxNode | null): string | null {
  if (object?.name !== 'ObjectExpression') return null;
  const use = object.getChildren('Property').find((property) => keyOf(state, property) === 'use');
  const value = use?.getChild('String');
  return value ? state.sliceDoc(value.from + 1, value.to - 1) : null;
}

function keyOf(state: EditorState, property: SyntaxNode): string | null {
  const key = property.getChild('PropertyDefinition') ?? property.firstChild;
  return key ? state.sliceDoc(key.from, key.to).replace(/^(['"])(.*)\1$/, '$2') : null;
}

const isKey = ({ from, parent }: SyntaxNode): boolean => parent?.name === 'Property' && parent.firstChild?.from === from;

const objectOf = (node: SyntaxNode): SyntaxNode | null => (node.name === 'ObjectExpression' ? node : node.parent);

/** Behind a brace or a comma a member begins. */
const startsKey = (state: EditorState, at: number): boolean => /[{,]\s*$/.test(state.sliceDoc(Math.max(0, at - 500), at));
