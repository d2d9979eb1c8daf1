import type { ComponentChildren } from 'preact';

interface Props {
  label: string;
  testId: string;
  heads: readonly string[];
  /** The first cell names the row. */
  rows: readonly { key: string; cells: readonly ComponentChildren[] }[];
  empty: string;
  /** Whether the cells are words rather than figures. */
  prose?: boolean;
}

/** A table of a few rows, names on the left and figures on the right; narrow screens scroll it. */
export function Figures({ label, testId, heads, rows, empty, prose = false }: Props) {
  if (rows.length === 0) return <p class="empty-line">{empty}</p>;
  return (
    <div class={prose ? 'data-figures prose' : 'data-figures'} tabIndex={0} role="region" aria-label={`Table: ${label}`}>
      <table aria-label={label} data-testid={testId}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th scope="col" key={head}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [name, ...figures] }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {figures.map((cell, index) => (
                <td key={heads[index + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
