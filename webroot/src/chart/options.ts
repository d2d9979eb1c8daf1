import { ColorType, CrosshairMode, type ChartOptions, type DeepPartial } from 'lightweight-charts';
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
    timeScale: { borderColor: palette.rule },
  };
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
