import {
  ColorType,
  CrosshairMode,
  TickMarkType,
  type ChartOptions,
  type DeepPartial,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import { textInZone, timeZone, UTC } from '../desk/timeZone';
import type { Palette } from './palette';

/** Looks of the chart that follow the theme. */
export function chartOptions(palette: Palette, fontFamily: string): DeepPartial<ChartOptions> {
  const label = { color: palette.crosshair, labelBackgroundColor: palette.crosshair, width: 1 as const };
  return {
    layout: {
      background: { type: ColorType.Solid, color: palette.background },
      textColor: palette.text,
      fontFamily,
      fontSize: 11,
      panes: { separatorColor: palette.rule, separatorHoverColor: palette.rule },
    },
    grid: { vertLines: { color: palette.rule }, horzLines: { color: palette.rule } },
    crosshair: { mode: CrosshairMode.Normal, vertLine: label, horzLine: label },
    rightPriceScale: { borderColor: palette.rule },
    timeScale: { borderColor: palette.rule, tickMarkFormatter: markOf },
    localization: { timeFormatter: (time: Time) => textInZone(milliseconds(time)).slice(0, 16) },
  };
}

const milliseconds = (time: Time): number => (time as UTCTimestamp) * 1000;

/** The chart puts its marks where days begin in UTC, which elsewhere is a time of day. Null leaves it to the chart. */
export function markOf(time: Time, mark: TickMarkType): string | null {
  if (timeZone.peek() === UTC) return null;
  const text = textInZone(milliseconds(time));
  if (mark === TickMarkType.TimeWithSeconds) return text.slice(11);
  if (mark === TickMarkType.Time) return text.slice(11, 16);
  return text.endsWith('00:00:00') ? text.slice(5, 10) : text.slice(5, 16);
}

export function candleOptions({ up, down }: Palette) {
  return {
    upColor: up,
    borderUpColor: up,
    wickUpColor: up,
    downColor: down,
    borderDownColor: down,
    wickDownColor: down,
  };
}
