import { streamKey } from '../session/book';
import type { IndicatorPlan, SessionState } from '../messages';

/** Bars of one symbol and length: what a chart can show. */
export interface BarStream {
  key: string;
  symbol: string;
  interval: string;
}

/** The bar streams of a session's strategies, each once, in their order. */
export function barStreams(session: SessionState): BarStream[] {
  const streams = new Map<string, BarStream>();
  for (const { symbol, interval } of session.strategies.flatMap((strategy) => strategy.streams)) {
    if (interval === null) continue;
    const key = streamKey(symbol, interval);
    streams.set(key, { key, symbol, interval });
  }
  return [...streams.values()];
}

/** One line over the candles or in a pane of its own. */
export interface IndicatorLine {
  key: string;
  label: string;
  strategy: string;
  indicator: string;
  output: string;
  /** `price`, or the name of the pane. */
  pane: string;
}

/** The lines that belong on the chart of a stream; `several` strategies put their names before them. */
export function indicatorLines(session: SessionState, stream: BarStream): IndicatorLine[] {
  const several = session.strategies.length > 1;
  return session.strategies.flatMap(({ instance, indicators }) =>
    indicators
      .filter((plan) => plan.plot !== '' && plan.symbol === stream.symbol && plan.interval === stream.interval)
      .flatMap((plan) => plan.outputs.map((output) => lineOf(several ? `${instance} ` : '', instance, plan, output))),
  );
}

function lineOf(prefix: string, strategy: string, plan: IndicatorPlan, output: string): IndicatorLine {
  const suffix = plan.outputs.length > 1 ? ` ${output}` : '';
  const kind = plan.name === plan.use ? '' : ` (${plan.use})`;
  return {
    key: `${strategy}/${plan.name}/${output}`,
    label: `${prefix}${plan.name}${suffix}${kind}`,
    strategy,
    indicator: plan.name,
    output,
    pane: plan.plot,
  };
}
