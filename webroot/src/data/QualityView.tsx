import { useSignal } from '@preact/signals';
import { collectionsApi, type QualityReport, type StreamQuality } from '../api/collections';
import { duration } from '../backtest/duration';
import { inZone } from '../desk/timeZone';
import { dateTime, percent, price } from '../format';
import { count } from '../system/units';
import { Figures } from './Figures';

/** Gaps and the like: looked for when somebody asks, for it takes as long as the recording is. */
export function QualityView({ id }: { id: string }) {
  const report = useSignal<QualityReport | null>(null);
  const problem = useSignal<string | null>(null);
  const busy = useSignal(false);
  const look = async (): Promise<void> => {
    busy.value = true;
    problem.value = null;
    try {
      report.value = await collectionsApi.quality(id);
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error);
    } finally {
      busy.value = false;
    }
  };
  const found = report.value;
  return (
    <section class="data-part" aria-label="Quality" data-testid="data-quality">
      <div class="data-part-head">
        <h3>Quality</h3>
        <button type="button" data-testid="check-quality" disabled={busy.value} onClick={() => void look()}>
          {busy.value ? 'Looking…' : found === null ? 'Look for gaps and faults' : 'Look again'}
        </button>
      </div>
      {problem.value !== null && (
        <p class="form-error" role="alert">
          {problem.value}
        </p>
      )}
      {found === null ? (
        <p class="data-hint">Holes, duplicates, prices that stand alone, times that go back.</p>
      ) : (
        <>
          {!found.complete && <p class="data-hint">Only the first {count(found.rows)} rows were looked at.</p>}
          <Figures
            label="Quality by stream"
            testId="quality-streams"
            heads={['Stream', 'Rows', 'Typically every', 'Holes', 'Duplicates', 'Outliers', 'Times back', 'Ids skipped', 'Delay, mean']}
            rows={found.streams.map((each) => ({ key: nameOf(each), cells: [nameOf(each), ...figuresOf(each)] }))}
            empty="There is nothing in it to look at."
          />
          {found.streams.map((each) => (
            <Findings key={nameOf(each)} stream={each} />
          ))}
        </>
      )}
    </section>
  );
}

const nameOf = ({ symbol, stream, interval }: StreamQuality): string =>
  `${symbol} ${stream}${interval ? ` of ${interval}` : ''}`;

const span = (micros: number | null): string =>
  micros === null ? '–' : Math.abs(micros) < 1e6 ? `${(micros / 1000).toFixed(1)} ms` : duration(micros / 1000);

const atLeast = (number: number, more: boolean): string => (more ? `${count(number)} or more` : count(number));

function figuresOf(stream: StreamQuality): string[] {
  const { holes, outliers, delay } = stream;
  const missing = holes.missing_bars ? `, ${count(holes.missing_bars)} bars` : '';
  return [
    count(stream.rows),
    span(stream.distance),
    atLeast(holes.count, holes.more) + missing,
    count(stream.duplicates.count),
    outliers === null ? '–' : atLeast(outliers.count, outliers.more),
    count(stream.backwards.count),
    stream.skipped_ids === null ? '–' : count(stream.skipped_ids.count),
    delay === null ? 'not known' : span(delay.mean),
  ];
}

/** The worst or the first of what was found, each at its place. */
function Findings({ stream }: { stream: StreamQuality }) {
  const rows = [
    ...stream.holes.longest.map(({ from, to, seq, missing_bars }) => [
      'Hole',
      seq,
      from,
      `${span(to - from)}, until ${dateTime(to)}${missing_bars === null ? '' : `, ${count(missing_bars)} bars missing`}`,
    ]),
    ...stream.duplicates.spots.map(({ seq, time, price: at }) => ['Duplicate', seq, time, at === null ? '' : `at ${price(at)}`]),
    ...(stream.outliers?.worst ?? []).map(({ seq, time, price: at, around }) => [
      'Outlier',
      seq,
      time,
      `${price(at)} where ${price(around)} is usual, ${percent(at / around - 1)}`,
    ]),
    ...stream.backwards.spots.map(({ seq, time }) => ['Time back', seq, time, '']),
    ...(stream.skipped_ids?.spots ?? []).map(({ seq, time }) => ['Ids skipped', seq, time, '']),
  ] as [string, number, number, string][];
  if (rows.length === 0) return <p class="data-hint">{nameOf(stream)}: nothing was found.</p>;
  return (
    <details class="data-findings">
      <summary>
        {nameOf(stream)}: {rows.length} of what was found
      </summary>
      <Figures
        label={`Found in ${nameOf(stream)}`}
        testId={`findings-${stream.stream}`}
        heads={['What', 'Number', inZone('Time'), 'About it']}
        rows={rows.map(([what, seq, time, about]) => ({
          key: `${what} ${seq}`,
          cells: [what, count(seq), dateTime(time), about],
        }))}
        empty=""
        prose
      />
    </details>
  );
}
