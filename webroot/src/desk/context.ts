import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Desk } from './desk';

const DeskContext = createContext<Desk | null>(null);

export const DeskProvider = DeskContext.Provider;

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('a component outside the desk asked for it');
  return desk;
}
