import type { Kind, Row } from '../api/history';
import { timeColumn, type Column } from '../components/DataGrid';
import { SideText } from '../components/SideText';
import { Signed } from '../components/Signed';
import { averagePrice, money, price, quantity, words } from '../format';
import type { Decimal, Fill } from '../messages';

const text = (title: string, width: string, name: string): Column<Row> => ({
  title,
  width,
  cell: (row) => {
    const value = row[name] === null || row[name] === undefined ? '' : String(row[name]);
    return <span title={value}>{value}</span>;
  },
});

const number = (title: string, name: string, format: (value: Decimal | null) => string, width = '110px'): Column<Row> => ({
  title,
  width,
  align: 'right',
  cell: (row) => format((row[name] ?? null) as Decimal | null),
});

const time = (title: string, name: string): Column<Row> =>
  timeColumn(title, (row) => (row[name] ?? null) as number | null);

const gain = (title: string, name: string): Column<Row> => ({
  title,
  width: '130px',
  align: 'right',
  cell: (row) => <Signed value={(row[name] ?? null) as Decimal | null} />,
});

const side: Column<Row> = { title: 'Side', width: '70px', cell: (row) => <SideText side={row.side as Fill['side']} /> };

const symbol = text('Symbol', '90px', 'symbol');
const strategy = text('Strategy', '140px', 'strategy');
const wide = 'minmax(300px, 1fr)';

/** What is shown of each list. */
export const COLUMNS: Record<Kind, readonly Column<Row>[]> = {
  signals: [
    time('Time', 'time'),
    symbol,
    text('Signal', '130px', 'name'),
    text('Reason', wide, 'reason'),
    strategy,
    text('By', '90px', 'by'),
    text('Id', '240px', 'signal_id'),
  ],
  orders: [
    time('Placed', 'placed_time'),
    symbol,
    side,
    { title: 'Type', width: '110px', cell: (row) => words(String(row.type)) },
    number('Quantity', 'quantity', quantity),
    number('Limit', 'limit_price', price),
    number('Trigger', 'trigger_price', price),
    number('Filled', 'filled_quantity', quantity),
    number('Average price', 'average_price', averagePrice),
    { title: 'Status', width: '120px', cell: (row) => words(String(row.status)) },
    strategy,
    text('Id', '240px', 'order_id'),
  ],
  fills: [
    time('Time', 'time'),
    symbol,
    side,
    number('Price', 'price', price),
    number('Quantity', 'quantity', quantity),
    number('Fee', 'fee', money, '90px'),
    { title: 'Liquidity', width: '80px', cell: ({ maker }) => (maker === true ? 'maker' : 'taker') },
    strategy,
    text('Order', '240px', 'order_id'),
  ],
  positions: [
    symbol,
    {
      title: 'Side',
      width: '84px',
      cell: ({ direction }) => <span class={direction === 1 ? 'up' : 'down'}>{direction === 1 ? '▲ Long' : '▼ Short'}</span>,
    },
    time('Opened', 'opened_time'),
    time('Closed', 'closed_time'),
    number('Quantity', 'entry_quantity', quantity),
    gain('Realised', 'realised'),
    number('Fees', 'fees', money, '90px'),
    strategy,
    text('Id', '240px', 'position_id'),
  ],
  equity: [
    time('Time', 'time'),
    number('Equity', 'equity', money, '130px'),
    number('Cash', 'cash', money, '130px'),
    gain('Realised', 'realised'),
    gain('Unrealised', 'unrealised'),
    number('Fees', 'fees', money, '90px'),
  ],
  'risk-alerts': [
    time('Time', 'time'),
    text('Level', '70px', 'level'),
    text('Rule', '160px', 'rule'),
    text('Limit', '110px', 'limit_value'),
    text('Value', '110px', 'value'),
    text('Text', wide, 'text'),
    strategy,
    text('Seen by', '110px', 'acknowledged_by'),
  ],
  alerts: [time('Time', 'time'), text('Level', '70px', 'level'), text('Text', wide, 'text'), strategy],
  log: [time('Time', 'time'), text('Level', '70px', 'level'), strategy, text('Text', wide, 'text')],
};
