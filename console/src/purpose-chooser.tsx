import type { PurposeChoice } from './purposes.ts';

/** For which purpose persons are read; it goes with each query. */
export function PurposeChooser({ open, purpose, choose }: PurposeChoice) {
  if (purpose === null) return null;
  return (
    <select
      aria-label="Purpose (查询目的)"
      className="purpose-select"
      title="Why persons are read: sent as the header laihu-purpose"
      value={purpose}
      onChange={(event) => choose(event.target.value)}
    >
      {open.map((row) => (
        <option key={row.purpose} value={row.purpose}>
          {row.titleZh} · {row.title}
        </option>
      ))}
    </select>
  );
}
