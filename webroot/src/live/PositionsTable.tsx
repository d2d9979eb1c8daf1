import { DataGrid, type Column } from '../components/DataGrid';
import { Signed } from '../components/Signed';
import { averagePrice, dateTime, money, price, quantity } from '../format';
import type { Position } from '../messages';
import type { SessionBook } from '../session/book';
import { unrealised } from '../session/valuation';

interface Valued {
  position: Position;
  last: number | null;
}

const COLUMNS: readonly Column<Valued>[] = [
  { title: 'Symbol', width: '90px', cell: ({ position }) => position.symbol },
  { title: 'Side', width: '112px', cell: ({ position }) => <DirectionText position={position} /> },
  { title: 'Quantity', width: '110px', align: 'right', cell: ({ position }) => quantity(position.quantity) },
  { title: 'Average price', width: '110px', align: 'right', cell: ({ position }) => averagePrice(position.average_price) },
  { title: 'Last', width: '110px', align: 'right', cell: ({ last }) => price(last) },
  {
    title: 'Unrealised',
    width: '130px',
    align: 'right',
    cell: ({ position, last }) => <Signed value={unrealised(position, last)} />,
  },
  { title: 'Realised', width: '130px', align: 'right', cell: ({ position }) => <Signed value={position.realised} /> },
  { title: 'Fees', width: '90px', align: 'right', cell: ({ position }) => money(position.fees) },
  { title: 'Opened (UTC)', width: '168px', cell: ({ position }) => dateTime(position.opened_time) },
  { title: 'Closed (UTC)', width: '168px', cell: ({ position }) => dateTime(position.closed_time) },
  { title: 'Strategy', width: '140px', cell: ({ position }) => position.strategy },
];

/** Open positions at the last price, then the closed ones. */
export function PositionsTable({ book }: { book: SessionBook }) {
  const all = book.positions.list();
  const isOpen = ({ closed_time }: Position): boolean => closed_time === null;
  const ordered = [...all.filter(isOpen), ...all.filter((position) => !isOpen(position))];
  return (
    <DataGrid
      label="Positions"
      columns={COLUMNS}
      items={ordered.map((position) => valuedAt(position, isOpen(position) ? book.lastPrice(position.symbol) : null))}
      total={book.positions.total}
      keyOf={({ position }) => position.position_id}
      rowTestId="position-row"
      empty="No position has been opened yet."
    />
  );
}

const known = new WeakMap<Position, Valued>();

/** The same object for the same price, so that only rows that changed are drawn. */
function valuedAt(position: Position, last: number | null): Valued {
  const before = known.get(position);
  if (before && before.last === last) return before;
  const valued = { position, last };
  known.set(position, valued);
  return valued;
}

function DirectionText({ position }: { position: Position }) {
  if (position.closed_time !== null) return <span class="flat">{position.direction === 1 ? 'Long' : 'Short'}, closed</span>;
  return position.direction === 1 ? <span class="up">▲ Long</span> : <span class="down">▼ Short</span>;
}
