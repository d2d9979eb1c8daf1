import { useSignal, useSignalEffect, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { historyApi, type ClosedTrade, type ResultBars, type SessionResult } from '../api/history';
import { steer } from '../chart/steer';
import { barAt, TradeChart } from '../chart/tradeChart';
import { look } from '../desk/theme';
import { dateTime, money, price, quantity } from '../format';
import { closeUp } from './closeUp';

interface Props {
  result: SessionResult;
  chosen: Signal<ClosedTrade | null>;
}

/** Prices with the trades on them. A chosen trade is shown close up, in bars of its own measure. */
export function TradeChartPanel({ result, chosen }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useSignal<TradeChart | null>(null);
  const bars = useSignal<ResultBars | null>(result.candles);
  const problem = useSignal<string | null>(result.candles_problem);
  const whole = bars.value === result.candles;
  const trade = chosen.value;
  const load = async (wanted: ClosedTrade | null): Promise<void> => {
    if (!wanted) {
      bars.value = result.candles;
      return;
    }
    const { interval, from, to } = closeUp(wanted);
    try {
      const near = await historyApi.candles(result.session.session_id, interval, wanted.symbol, from, to);
      if (chosen.peek() === wanted) bars.value = near;
      problem.value = null;
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error);
    }
  };
  useEffect(() => {
    if (!element.current) return;
    const created = new TradeChart(element.current, (positionId) => {
      const hit = result.trades.find(({ position_id }) => position_id === positionId);
      if (hit) chosen.value = hit;
    });
    chart.value = created;
    return () => {
      chart.value = null;
      created.destroy();
    };
  }, []);
  useEffect(() => void load(trade), [trade]);
  useSignalEffect(() => {
    const shown = bars.value;
    const drawn = chart.value;
    if (!drawn || !shown) return;
    const picked = chosen.value;
    const trades = result.trades.filter(({ symbol }) => symbol === shown.symbol);
    drawn.draw(shown.bars, trades, picked?.position_id ?? null);
    if (picked && shown !== result.candles) {
      const start = barAt(shown.bars, picked.entry_time);
      const end = barAt(shown.bars, picked.exit_time);
      const room = Math.max(20, (end - start) / 2);
      drawn.show(start - room, end + room);
    } else if (!picked) {
      drawn.fit();
    }
  });
  useSignalEffect(() => {
    void look.value;
    chart.value?.restyle();
  });
  return (
    <section class="result-part" aria-label="Trades on the chart">
      <div class="part-head">
        <h3>
          {bars.value?.symbol ?? 'Prices'} <span class="interval">{bars.value?.interval}</span>
        </h3>
        <p class="run-about" id="trade-chart-text" data-testid="chosen-trade">
          {trade ? tradeText(trade) : `${bars.value?.bars.length ?? 0} bars. A trade of the table is shown close up.`}
        </p>
        <button
          type="button"
          data-testid="whole-run"
          disabled={whole && trade === null}
          onClick={() => {
            chosen.value = null;
          }}
        >
          Whole run
        </button>
      </div>
      {problem.value !== null && (
        <p class="form-error" role="alert">
          The bars cannot be drawn: {problem.value}
        </p>
      )}
      <div
        ref={element}
        class="trade-chart"
        role="group"
        tabIndex={0}
        aria-label="Prices with the trades of the run. Left and right scroll, plus and minus zoom."
        aria-describedby="trade-chart-text"
        onKeyDown={(event) => chart.value && steer(chart.value, event)}
        data-testid="trade-chart"
        data-interval={bars.value?.interval}
      />
    </section>
  );
}

const tradeText = (trade: ClosedTrade): string =>
  `${trade.direction === 1 ? 'Long' : 'Short'} ${quantity(trade.quantity)} at ${price(trade.entry_price)}, ` +
  `${dateTime(trade.entry_time)}; out at ${price(trade.exit_price)}, ${dateTime(trade.exit_time)}: ${money(trade.net)}`;
