import type { Signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { ClosedTrade } from '../api/history';
import { DataGrid, timeColumn, type Column } from '../components/DataGrid';
import { Signed } from '../components/Signed';
import { averagePrice, dateTime, money, percent, quantity } from '../format';

interface Props {
  /** In the order in which they were closed. */
  trades: readonly ClosedTrade[];
  total: number;
  chosen: Signal<ClosedTrade | null>;
}

/** Closed trades, newest first; each can be looked at on the chart. */
export function TradeTable({ trades, total, chosen }: Props) {
  const newest = useMemo(() => trades.toReversed(), [trades]);
  const columns = useMemo<readonly Column<ClosedTrade>[]>(
    () => [
      {
        title: 'Chart',
        width: '76px',
        cell: (trade) => (
          <button
            type="button"
            class="row-action"
            data-testid="show-trade"
            aria-label={`Show the trade of ${dateTime(trade.entry_time)} on the chart`}
            onClick={() => {
              chosen.value = trade;
              document.querySelector('[data-testid=trade-chart]')?.scrollIntoView({ block: 'center' });
            }}
          >
            Show
          </button>
        ),
      },
      { title: 'Symbol', width: '90px', cell: ({ symbol }) => symbol },
      {
        title: 'Side',
        width: '84px',
        cell: ({ direction }) => <span class={direction === 1 ? 'up' : 'down'}>{direction === 1 ? '▲ Long' : '▼ Short'}</span>,
      },
      timeColumn('Entry', ({ entry_time }) => entry_time),
      timeColumn('Exit', ({ exit_time }) => exit_time),
      { title: 'Quantity', width: '110px', align: 'right', cell: (trade) => quantity(trade.quantity) },
      { title: 'In', width: '110px', align: 'right', cell: ({ entry_price }) => averagePrice(entry_price) },
      { title: 'Out', width: '110px', align: 'right', cell: ({ exit_price }) => averagePrice(exit_price) },
      { title: 'Fees', width: '90px', align: 'right', cell: ({ fees }) => money(fees) },
      { title: 'Net', width: '130px', align: 'right', cell: ({ net }) => <Signed value={net} /> },
      { title: 'Return', width: '90px', align: 'right', cell: ({ change }) => percent(change) },
    ],
    [chosen],
  );
  return (
    <section class="result-part" aria-label="Trades">
      <h3>
        Trades <span class="count">{total}</span>
      </h3>
      <div class="trades-grid">
        <DataGrid
          label="Closed trades"
          columns={columns}
          items={newest}
          total={total}
          keyOf={({ position_id }) => position_id}
          rowTestId="trade-row"
          empty="No trade was closed."
        />
      </div>
    </section>
  );
}
