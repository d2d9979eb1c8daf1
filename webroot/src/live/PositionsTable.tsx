import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { closeAll, closePosition } from '../api/trading';
import { ConfirmDialog } from '../components/ConfirmDialog';
import { DataGrid, timeColumn, type Column } from '../components/DataGrid';
import { Signed } from '../components/Signed';
import { averagePrice, money, price, quantity } from '../format';
import type { Position } from '../messages';
import { useDesk } from '../desk/context';
import { isActive } from '../desk/sessionList';
import type { SessionBook } from '../session/book';
import type { Followed } from '../session/follower';
import { unrealised } from '../session/valuation';

interface Valued {
  position: Position;
  last: number | null;
}

const COLUMNS: readonly Column<Valued>[] = [
  { title: 'Symbol', width: '90px', cell: ({ position }) => position.symbol },
  { title: 'Side', width: '112px', cell: ({ position }) => <DirectionText position={position} /> },
  { title: 'Quantity', width: '100px', align: 'right', cell: ({ position }) => quantity(position.quantity) },
  { title: 'Average price', width: '110px', align: 'right', cell: ({ position }) => averagePrice(position.average_price) },
  { title: 'Last', width: '110px', align: 'right', cell: ({ last }) => price(last) },
  {
    title: 'Unrealised',
    width: '112px',
    align: 'right',
    cell: ({ position, last }) => <Signed value={unrealised(position, last)} />,
  },
  { title: 'Realised', width: '112px', align: 'right', cell: ({ position }) => <Signed value={position.realised} /> },
  { title: 'Fees', width: '90px', align: 'right', cell: ({ position }) => money(position.fees) },
  timeColumn('Opened', ({ position }) => position.opened_time, '152px'),
  timeColumn('Closed', ({ position }) => position.closed_time, '152px'),
  { title: 'Strategy', width: '120px', cell: ({ position }) => position.strategy },
];

/** Open positions at the last price, then the closed ones. */
export function PositionsTable({ followed, book }: { followed: Followed; book: SessionBook }) {
  void followed.frame.value;
  const { account } = useDesk();
  const all = book.positions.list();
  const isOpen = ({ closed_time }: Position): boolean => closed_time === null;
  const open = all.filter(isOpen);
  const ordered = [...open, ...all.filter((position) => !isOpen(position))];
  const closing = useSignal<Position | 'all' | null>(null);
  const active = isActive(book.session) && account.mayTrade.value;
  const columns = useMemo(() => withClose(active, (position) => (closing.value = position)), [active, closing]);
  const session = book.session.session_id;
  const asked = closing.value;
  const done = (): void => {
    closing.value = null;
  };
  return (
    <>
      {active && open.length > 1 && (
        <div class="table-actions">
          <button type="button" class="danger" data-testid="close-all" onClick={() => (closing.value = 'all')}>
            Close all…
          </button>
        </div>
      )}
      {asked === 'all' && (
        <ConfirmDialog
          title="Close all positions?"
          testId="close-all-dialog"
          keep="Keep them"
          confirm="Close all"
          onClose={done}
          act={(reason) => closeAll(session, reason)}
        >
          <p>All {open.length} open positions are closed at the market.</p>
        </ConfirmDialog>
      )}
      {asked !== null && asked !== 'all' && (
        <ConfirmDialog
          title="Close this position?"
          testId="close-dialog"
          keep="Keep it"
          confirm="Close position"
          onClose={done}
          act={(reason) => closePosition(session, asked.position_id, reason)}
        >
          <p>
            {asked.direction === 1 ? 'Long' : 'Short'} {quantity(asked.quantity)} {asked.symbol} of {asked.strategy} is
            closed at the market.
          </p>
        </ConfirmDialog>
      )}
      <DataGrid
        label="Positions"
        columns={columns}
        items={ordered.map((position) => valuedAt(position, isOpen(position) ? book.lastPrice(position.symbol) : null))}
        total={book.positions.total}
        keyOf={({ position }) => position.position_id}
        rowTestId="position-row"
        empty="No position has been opened yet."
      />
    </>
  );
}

/** What is done with a row stands beside what it is, where no scrolling hides it. */
const SYMBOL_AND_SIDE = 2;

function withClose(active: boolean, onClose: (position: Position) => void): readonly Column<Valued>[] {
  if (!active) return COLUMNS;
  return [
    ...COLUMNS.slice(0, SYMBOL_AND_SIDE),
    {
      title: 'Close',
      width: '84px',
      cell: ({ position }) =>
        position.closed_time === null && (
          <button type="button" class="row-action" data-testid="close-position" onClick={() => onClose(position)}>
            Close…
          </button>
        ),
    },
    ...COLUMNS.slice(SYMBOL_AND_SIDE),
  ];
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
