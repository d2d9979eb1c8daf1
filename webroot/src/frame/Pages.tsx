import { useEffect, useRef } from 'preact/hooks';
import { restOf } from '../desk/route';
import { PAGES } from '../pages';

interface Props {
  current: string;
  onStart(): void;
}

/**
 * The page on screen, and behind it those that were visited: they keep their zoom, tabs, scroll position and text.
 */
export function Pages({ current, onStart }: Props) {
  const visited = useRef(new Set<string>());
  visited.current.add(current);
  const title = PAGES.find(({ id }) => id === current)?.title;
  useEffect(() => {
    document.title = `${title} · Sandpiper`;
  }, [title]);
  return (
    <>
      {PAGES.filter(({ id }) => visited.current.has(id)).map(({ id, show }) => (
        <div key={id} class="page" hidden={id !== current}>
          {show({ shown: id === current, rest: restOf(id), onStart })}
        </div>
      ))}
    </>
  );
}
