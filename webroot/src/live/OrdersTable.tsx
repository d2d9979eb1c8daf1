import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { cancelAll, cancelOrder } from '../api/trading';
import { ConfirmDialog } from '../components/ConfirmDialog';
import { DataGrid, timeColumn, type Column } from '../components/DataGrid';
import { SideText } from '../components/SideText';
import { useDesk } from '../desk/context';
import { confirmCancel } from '../desk/preferences';
import { isActive } from '../desk/sessionList';
import { averagePrice, price, quantity, words } from '../format';
import type { OrderChange } from '../messages';
import type { SessionBook } from '../session/book';
import type { Followed } from '../session/follower';
import { outcomeOf } from './outcome';

const COLUMNS: readonly Column<OrderChange>[] = [
  timeColumn('Placed', ({ order }) => order.placed_time),
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
export function OrdersTable({ followed, book }: { followed: Followed; book: SessionBook }) {
  void followed.frame.value;
  const desk = useDesk();
  const asking = useSignal(false);
  const leaving = useSignal<OrderChange | null>(null);
  const session = book.session.session_id;
  const active = isActive(book.session) && desk.account.mayTrade.value;
  const columns = useMemo(() => {
    const cancel = async (change: OrderChange): Promise<void> => {
      if (confirmCancel.peek()) {
        leaving.value = change;
        return;
      }
      try {
        await cancelOrder(session, change.order.order_id, 'by hand, in the console');
      } catch (problem) {
        desk.alerts.raise('error', problem instanceof Error ? problem.message : String(problem));
      }
    };
    return active ? [...COLUMNS.slice(0, TIME_SYMBOL_SIDE), cancelColumn(cancel), ...COLUMNS.slice(TIME_SYMBOL_SIDE)] : COLUMNS;
  }, [desk, session, active]);
  const orders = book.orders.list();
  const waiting = orders.filter(isWaiting).length;
  return (
    <>
      {active && waiting > 1 && (
        <div class="table-actions">
          <button type="button" class="danger" data-testid="cancel-all" onClick={() => (asking.value = true)}>
            Cancel all…
          </button>
        </div>
      )}
      {asking.value && (
        <ConfirmDialog
          title="Cancel all orders?"
          testId="cancel-all-dialog"
          keep="Keep them"
          confirm="Cancel all"
          onClose={() => (asking.value = false)}
          act={(reason) => cancelAll(session, reason)}
        >
          <p>All orders that wait are cancelled, exits of open positions included.</p>
        </ConfirmDialog>
      )}
      {leaving.value !== null && (
        <ConfirmDialog
          title="Cancel this order?"
          testId="cancel-order-dialog"
          keep="Keep it"
          confirm="Cancel order"
          onClose={() => (leaving.value = null)}
          act={(reason) => cancelOrder(session, leaving.peek()?.order.order_id ?? '', reason)}
        >
          <p>{aboutOf(leaving.value)}</p>
        </ConfirmDialog>
      )}
      <DataGrid
        label="Orders"
        columns={columns}
        items={orders}
        total={book.orders.total}
        keyOf={({ order }) => order.order_id}
        rowTestId="order-row"
        empty="No order has been placed yet."
      />
    </>
  );
}

const aboutOf = ({ order }: OrderChange): string =>
  `${words(order.type)}, ${order.side} ${quantity(order.quantity)} ${order.symbol}` +
  (order.limit_price === null ? '' : ` at ${price(order.limit_price)}`);

const TIME_SYMBOL_SIDE = 3;

const WAITING: ReadonlySet<string> = new Set(['pending', 'working', 'triggered', 'partially_filled']);

const isWaiting = ({ order }: OrderChange): boolean => WAITING.has(order.status);

function cancelColumn(onCancel: (change: OrderChange) => Promise<void>): Column<OrderChange> {
  return {
    title: 'Cancel',
    width: '84px',
    cell: (change) =>
      isWaiting(change) && (
        <button type="button" class="row-action" data-testid="cancel-order" onClick={() => void onCancel(change)}>
          Cancel
        </button>
      ),
  };
}

function Status({ change }: { change: OrderChange }) {
  const { text, refusal } = outcomeOf(change);
  return <span class={refusal === null ? undefined : 'refused'}>{refusal === null ? text : `✕ ${text}`}</span>;
}
