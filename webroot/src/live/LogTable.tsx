import { DataGrid, timeColumn, type Column } from '../components/DataGrid';
import type { LogLine } from '../messages';
import type { SessionBook } from '../session/book';

const COLUMNS: readonly Column<LogLine>[] = [
  timeColumn('Time', ({ time }) => time),
  { title: 'Level', width: '70px', cell: ({ level }) => <span class={`level ${level}`}>{level}</span> },
  { title: 'Strategy', width: '140px', cell: ({ strategy }) => strategy },
  { title: 'Text', width: 'minmax(300px, 1fr)', cell: ({ text }) => <span title={text}>{text}</span> },
];

/** What the strategies wrote for their authors. */
export function LogTable({ book }: { book: SessionBook }) {
  return (
    <DataGrid
      label="Log"
      columns={COLUMNS}
      items={book.log.list()}
      total={book.log.total}
      keyOf={({ seq, index, strategy }) => `${seq}.${index}.${strategy}`}
      rowTestId="log-row"
      empty="No strategy has written anything yet."
    />
  );
}
