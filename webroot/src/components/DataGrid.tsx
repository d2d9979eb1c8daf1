import { Component, type ComponentChildren } from 'preact';
import { inZone } from '../desk/timeZone';
import { dateTime } from '../format';
import type { Micros } from '../messages';
import './grid.css';

export interface Column<T> {
  title: string;
  /** A width of the CSS grid; fixed, so that nothing jumps. */
  width: string;
  align?: 'right';
  /** Whether it shows times, so that its title says in which zone. */
  isTime?: boolean;
  cell(item: T): ComponentChildren;
}

export const timeColumn = <T,>(title: string, timeOf: (item: T) => Micros | null, width = '168px'): Column<T> => ({
  title,
  width,
  isTime: true,
  cell: (item) => dateTime(timeOf(item)),
});

interface Props<T> {
  label: string;
  columns: readonly Column<T>[];
  /** Newest first. */
  items: readonly T[];
  /** How many there were; more than `items` are counted below the rows. */
  total: number;
  /** Rows at most; the first 500 unless told otherwise. */
  most?: number;
  keyOf(item: T): string;
  rowTestId?: string;
  empty: string;
}

const ROWS = 500;

/**
 * A table made of divs, whose rows are laid out apart from each other: thousands cost what a screenful costs.
 *
 * A row is drawn anew only when its item is another object.
 */
export function DataGrid<T>({ label, columns, items, total, most = ROWS, keyOf, rowTestId, empty }: Props<T>) {
  const shown = items.slice(0, most);
  const style = { '--columns': columns.map(({ width }) => width).join(' ') };
  return (
    <div class="grid-scroll" tabIndex={0} role="region" aria-label={label}>
      <div class="grid" role="table" aria-label={label} aria-rowcount={total + 1} style={style}>
        <div role="rowgroup">
          <div class="grid-row grid-head" role="row">
            {columns.map(({ title, align, isTime }) => (
              <span role="columnheader" class={align} key={title}>
                {isTime ? inZone(title) : title}
              </span>
            ))}
          </div>
        </div>
        <div role="rowgroup">
          {shown.map((item) => (
            <Row key={keyOf(item)} item={item} columns={columns as readonly Column<unknown>[]} testId={rowTestId} />
          ))}
        </div>
      </div>
      {shown.length === 0 && <p class="empty-line">{empty}</p>}
      {total > shown.length && (
        <p class="grid-more">
          The newest {shown.length} of {total}.
        </p>
      )}
    </div>
  );
}

interface RowProps {
  item: unknown;
  columns: readonly Column<unknown>[];
  testId: string | undefined;
}

class Row extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    return next.item !== this.props.item || next.columns !== this.props.columns;
  }

  override render({ item, columns, testId }: RowProps) {
    return (
      <div class="grid-row" role="row" data-testid={testId}>
        {columns.map(({ title, align, cell }) => (
          <span role="cell" class={align} key={title}>
            {cell(item)}
          </span>
        ))}
      </div>
    );
  }
}
