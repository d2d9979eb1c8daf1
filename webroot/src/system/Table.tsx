import type { ComponentChildren } from 'preact';

interface Props {
  label: string;
  heads: readonly string[];
  /** The first cell names the row. */
  rows: readonly { key: string; cells: readonly ComponentChildren[] }[];
  empty: string;
  testId: string;
}

/** A small table: names on the left, numbers on the right. */
export function Table({ label, heads, rows, empty, testId }: Props) {
  if (rows.length === 0) return <p class="empty-line">{empty}</p>;
  return (
    <div class="system-table" tabIndex={0} role="region" aria-label={`Table of ${label}`}>
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
          {rows.map(({ key, cells: [name, ...numbers] }) => (
            <tr key={key} data-row={key}>
              <th scope="row">{name}</th>
              {numbers.map((cell, index) => (
                <td key={heads[index + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
