import { DataGrid, timeColumn, type Column } from '../components/DataGrid';
import { SideText } from '../components/SideText';
import { money, price, quantity } from '../format';
import type { Fill } from '../messages';
import type { SessionBook } from '../session/book';

const COLUMNS: readonly Column<Fill>[] = [
  timeColumn('Time', ({ time }) => time),
  { title: 'Symbol', width: '90px', cell: ({ symbol }) => symbol },
  { title: 'Side', width: '70px', cell: ({ side }) => <SideText side={side} /> },
  { title: 'Price', width: '110px', align: 'right', cell: (fill) => price(fill.price) },
  { title: 'Quantity', width: '110px', align: 'right', cell: (fill) => quantity(fill.quantity) },
  { title: 'Fee', width: '90px', align: 'right', cell: ({ fee }) => money(fee) },
  { title: 'Liquidity', width: '80px', cell: ({ maker }) => (maker ? 'maker' : 'taker') },
  { title: 'Strategy', width: '140px', cell: ({ strategy }) => strategy },
  { title: 'Order', width: '230px', cell: ({ order_id }) => order_id },
];

/** Every piece of an order that was traded. */
export function FillsTable({ book }: { book: SessionBook }) {
  return (
    <DataGrid
      label="Fills"
      columns={COLUMNS}
      items={book.fills.list()}
      total={book.fills.total}
      keyOf={({ fill_id }) => fill_id}
      rowTestId="fill-row"
      empty="No order has been filled yet."
    />
  );
}
