import { Tabs } from '../components/Tabs';
import type { SessionBook } from '../session/book';
import type { Followed } from '../session/follower';
import { AlertsTable } from './AlertsTable';
import { FillsTable } from './FillsTable';
import { LogTable } from './LogTable';
import { OrdersTable } from './OrdersTable';
import { PositionsTable } from './PositionsTable';

/** What the session holds, ordered, filled and wrote. */
export function ActivityTabs({ followed, book }: { followed: Followed; book: SessionBook }) {
  void followed.frame.value;
  const open = book.positions.list().filter(({ closed_time }) => closed_time === null).length;
  return (
    <Tabs
      label="Activity"
      tabs={[
        { id: 'positions', title: 'Positions', count: open, content: () => <PositionsTable followed={followed} book={book} /> },
        { id: 'orders', title: 'Orders', count: book.orders.total, content: () => <OrdersTable followed={followed} book={book} /> },
        { id: 'fills', title: 'Fills', count: book.fills.total, content: () => <FillsTable book={book} /> },
        {
          id: 'alerts',
          title: 'Alerts',
          count: book.riskAlerts.total + book.alerts.total,
          content: () => <AlertsTable followed={followed} book={book} />,
        },
        { id: 'log', title: 'Log', count: book.log.total, content: () => <LogTable book={book} /> },
      ]}
    />
  );
}
