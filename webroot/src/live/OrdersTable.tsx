import { DataGrid, type Column } from '../components/DataGrid';
import { SideText } from '../components/SideText';
import { averagePrice, dateTime, price, quantity, words } from '../format';
import type { OrderChange } from '../messages';
import type { SessionBook } from '../session/book';
import { outcomeOf } from './outcome';

const COLUMNS: readonly Column<OrderChange>[] = [
  { title: 'Placed (UTC)', width: '168px', cell: ({ order }) => dateTime(order.placed_time) },
  { title: 'Symbol', width: '90px', cell: ({ order }) => order.symbol },
  { title: 'Side', width: '70px', cell: ({ order }) => <SideText side={order.side} /> },
  { title: 'Type', width: '110px', cell: ({ order }) => words(order.type) },
  { title: 'Quantity', width: '110px', align: 'right', cell: ({ order }) => quantity(order.quantity) },
  { title: 'Limit', width: '110px', align: 'right', cell: ({ order }) => price(order.limit_price) },
  { title: 'Trigger', width: '110px', align: 'right', cell: ({ order }) => price(order.trigger_price) },
  { title: 'Filled', width: '110px', align: 'right', cell: ({ order }) => quantity(order.filled_quantity) },
  { title: 'Average price', width: '110px', align: 'right', cell: ({ order }) => averagePrice(order.average_price) },
  { title: 'Status', width: '120px', cell: (change) => <Status change={change} /> },
  { title: 'Reason', width: '280px', cell: (change) => outcomeOf(change).refusal ?? change.reason ?? '' },
  { title: 'Strategy', width: '140px', cell: ({ order }) => order.strategy },
];

/** Every order as it stood after its latest event. */
export function OrdersTable({ book }: { book: SessionBook }) {
  return (
    <DataGrid
      label="Orders"
      columns={COLUMNS}
      items={book.orders.list()}
      total={book.orders.total}
      keyOf={({ order }) => order.order_id}
      rowTestId="order-row"
      empty="No order has been placed yet."
    />
  );
}

function Status({ change }: { change: OrderChange }) {
  const { text, refusal } = outcomeOf(change);
  return <span class={refusal === null ? undefined : 'refused'}>{refusal === null ? text : `✕ ${text}`}</span>;
}
