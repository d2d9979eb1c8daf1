import type { BarStream } from '../chart/streams';
import { DataGrid, timeColumn, type Column } from '../components/DataGrid';
import { price, quantity } from '../format';
import type { Candle } from '../messages';
import type { SessionBook } from '../session/book';

const COLUMNS: readonly Column<Candle>[] = [
  timeColumn('Opened', ({ open_time }) => open_time, '160px'),
  { title: 'Open', width: '100px', align: 'right', cell: ({ open }) => price(open) },
  { title: 'High', width: '100px', align: 'right', cell: ({ high }) => price(high) },
  { title: 'Low', width: '100px', align: 'right', cell: ({ low }) => price(low) },
  { title: 'Close', width: '100px', align: 'right', cell: ({ close }) => price(close) },
  { title: 'Volume', width: '120px', align: 'right', cell: ({ volume }) => quantity(volume) },
];

/** The newest bars of the chart as numbers. */
export function BarTable({ book, stream }: { book: SessionBook; stream: BarStream }) {
  const { bars } = book.candlesOf(stream.key);
  return (
    <DataGrid
      label={`Bars of ${stream.symbol} ${stream.interval}`}
      columns={COLUMNS}
      items={bars.slice(-100).reverse()}
      total={bars.length}
      keyOf={({ open_time }) => String(open_time)}
      empty="No bar has come yet."
    />
  );
}
