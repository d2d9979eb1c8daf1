// tries: an endless loop in onTrade
// expect: stopped onTrade took longer than 250 ms
// market: trades

export const data = () => ({ ticks: { trades: true } });
export function onTrade() {
  do {} while (true);
}
