import type { Example } from './server-calls.ts';

/** The example queries under the name of their domain. Choosing one leaves the menu at its title again. */
export function ExampleMenu({
  examples,
  onChoose,
}: {
  examples: Example[];
  onChoose(example: Example): void;
}) {
  if (examples.length === 0) return null;
  return (
    <select
      aria-label="Example queries (示例查询)"
      className="example-select"
      value=""
      onChange={(event) => {
        const chosen = examples.find((example) => example.name === event.target.value);
        if (chosen) onChoose(chosen);
      }}
    >
      <option value="" disabled>
        Examples 示例…
      </option>
      {groupExamples(examples).map(([domain, members]) => (
        <optgroup key={domain} label={domainLabel(domain)}>
          {members.map((example) => (
            <option key={example.name} value={example.name}>
              {example.title} · {example.titleZh}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

/** By domain; the questions come first, and what is done about them. */
export function groupExamples(examples: Example[]): [string, Example[]][] {
  const rank = ([domain]: [string, Example[]]) =>
    domain === 'question' ? 0 : domain.startsWith('doing-') ? 1 : 2;
  return [...Map.groupBy(examples, (example) => example.domain)].sort((a, b) => rank(a) - rank(b));
}

/** `public-security` reads `Public security`. */
export function domainLabel(domain: string): string {
  return domain.charAt(0).toUpperCase() + domain.slice(1).replaceAll('-', ' ');
}
