import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { DataGrid, timeColumn, type Column } from '../components/DataGrid';
import { look } from '../desk/theme';
import type { Curve } from './curves';
import { drawCurve } from './drawCurve';

interface Props {
  /** Curves of one group share their cursor. */
  group: string;
  curve: Curve;
}

/** A curve, what it says in words, and its numbers as a table. */
export function CurvePanel({ group, curve }: Props) {
  const asTable = useSignal(false);
  return (
    <section class="result-part" aria-label={curve.title}>
      <div class="part-head">
        <h3>{curve.title}</h3>
        <p class="run-about" id={`curve-${curve.id}`}>
          {curve.summary}
        </p>
        <button type="button" aria-pressed={asTable.value} onClick={() => (asTable.value = !asTable.value)}>
          Table
        </button>
      </div>
      {asTable.value ? <CurveTable curve={curve} /> : <Canvas group={group} curve={curve} />}
    </section>
  );
}

function Canvas({ group, curve }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const colours = look.value;
  useEffect(() => drawCurve(element.current as HTMLDivElement, group, curve), [group, colours]);
  return (
    <div
      ref={element}
      class="curve"
      role="img"
      aria-label={`${curve.title} over time`}
      aria-describedby={`curve-${curve.id}`}
      data-testid={`curve-${curve.id}`}
    />
  );
}

function CurveTable({ curve }: { curve: Curve }) {
  const rows = useMemo(() => curve.times.map((_, index) => index).reverse(), [curve]);
  const columns = useMemo<readonly Column<number>[]>(
    () => [
      timeColumn('Time', (row) => (curve.times[row] ?? 0) * 1_000_000),
      ...curve.lines.map(({ label, values }) => ({
        title: label,
        width: '170px',
        align: 'right' as const,
        cell: (row: number) => curve.text(values[row] ?? null),
      })),
    ],
    [curve],
  );
  return (
    <div class="curve">
      <DataGrid
        label={`${curve.title} over time`}
        columns={columns}
        items={rows}
        total={rows.length}
        keyOf={String}
        empty="Nothing was marked."
      />
    </div>
  );
}
