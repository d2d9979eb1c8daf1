/** What keys move of a chart. */
export interface Steered {
  /** By a share of what is visible. */
  scroll(share: number): void;
  /** Above 1 shows more bars. */
  zoom(factor: number): void;
}

export function steer(chart: Steered, event: KeyboardEvent): void {
  if (event.key === 'ArrowLeft') chart.scroll(-0.2);
  else if (event.key === 'ArrowRight') chart.scroll(0.2);
  else if (event.key === '+') chart.zoom(0.8);
  else if (event.key === '-') chart.zoom(1.25);
  else return;
  event.preventDefault();
}
