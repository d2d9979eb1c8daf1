import { hashOf, restOf } from '../desk/route';
import type { PageEntry } from '../pages';
import './rail.css';

interface Props {
  pages: readonly PageEntry[];
  current: string;
}

/** The way to the pages, as they were left: on the left, or at the bottom of a narrow screen. */
export function Rail({ pages, current }: Props) {
  return (
    <nav class="rail" aria-label="Pages">
      {pages.map(({ id, title, key, icon }) => (
        <a
          key={id}
          href={hashOf({ page: id, rest: id === current ? '' : restOf(id) })}
          aria-current={id === current ? 'page' : undefined}
          title={`${title} (g ${key})`}
          data-testid={`page-${id}`}
        >
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d={icon} />
          </svg>
          {title}
        </a>
      ))}
    </nav>
  );
}
