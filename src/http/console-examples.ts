import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parse } from 'graphql';
import { z } from 'zod';

/** An example query as `GET /console/examples` sends it. `as` is the viewer code that it is written for. */
export interface ConsoleExample {
  name: string;
  title: string;
  titleZh: string;
  as: string | null;
  /** The unit for which it is asked; null: the persona's first. */
  unit: string | null;
  /** The purpose for which it is asked; null: the viewer's usual one. */
  purpose: string | null;
  domain: string;
  /** Whether the second person of the unit asks it: some acts need two. */
  colleague: boolean;
  document: string;
  variables: Record<string, unknown> | null;
  /** Variables that come from the answer of an earlier example. */
  takes: readonly Taking[];
}

/**
 * A variable and where its value stands: `input.id` is at `submitPermitApplication.permitApplication.id` in the answer of the
 * example `from`. Several of one variable are alternatives; the newest answer counts.
 */
export interface Taking {
  to: string;
  from: string;
  path: string;
}

const headerLine = /^# (title|titleZh|as|unit|colleague|purpose|domain|variables): *(.*)$/;

const Header = z.object({
  title: z.string().min(1),
  titleZh: z.string().min(1),
  as: z.string().min(1).nullable().default(null),
  unit: z.string().min(1).nullable().default(null),
  colleague: z
    .literal('yes')
    .optional()
    .transform((said) => said === 'yes'),
  purpose: z.string().min(1).nullable().default(null),
  domain: z.string().min(1),
  variables: z.record(z.string(), z.unknown()).nullable().default(null),
});

/**
 * Reads every `*.graphql` file of the folder, by name.
 *
 * @throws Error that names the file and what to correct in it.
 */
export async function readConsoleExamples(folder: string): Promise<ConsoleExample[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.graphql')).sort();
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(folder, file), 'utf8');
      try {
        return parseConsoleExample(basename(file, '.graphql'), text);
      } catch (error) {
        throw new Error(`examples/${file}: ${(error as Error).message}`, { cause: error });
      }
    }),
  );
}

/**
 * Splits a file into its header (the comment lines `# title: …`, `# titleZh: …`, `# as: …`, `# unit: …`, `# colleague: yes`, `# purpose: …`,
 * `# domain: …`, `# variables: {json}` at its top) and its document (the rest). Comments of the document `# takes: …` stay in it: who copies by
 * hand reads them there.
 *
 * @throws Error when a header line is missing, the variables are no JSON object, or the document does not parse.
 */
export function parseConsoleExample(name: string, text: string): ConsoleExample {
  const lines = text.split(/\r?\n/);
  const raw: Record<string, unknown> = {};
  let row = 0;
  for (; row < lines.length; row++) {
    const match = headerLine.exec(lines[row]!);
    if (!match) break;
    raw[match[1]!] = match[1] === 'variables' ? parseVariables(match[2]!) : match[2]!.trim();
  }
  const header = Header.safeParse(raw);
  if (!header.success) {
    const field = header.error.issues[0]!.path.join('.');
    throw new Error(`write a line "# ${field}: …" at the top of the file, before the document`);
  }
  const document = lines.slice(row).join('\n').trim();
  parse(document);
  return { name, ...header.data, document, takes: takingsOf(lines) };
}

function parseVariables(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('the line "# variables: …" must hold one JSON object, such as {"first": 10}');
  }
}

/**
 * Reads `# takes: input.id from <example> <path>` and, for several values that stand side by side,
 * `# takes: input.id, input.expectedVersion from <example> <path>.{id,recordVersion}`.
 */
function takingsOf(lines: readonly string[]): Taking[] {
  return lines
    .filter((line) => line.startsWith('# takes:'))
    .flatMap((line) => {
      const [, variables, from, path] = /^# takes: (.+) from (\S+) (\S+)$/.exec(line) ?? [];
      const [, place, names] = /^(.+)\.\{(.+)\}$/.exec(path ?? '') ?? [];
      const to = variables?.split(', ') ?? [];
      const paths = names ? names.split(',').map((name) => `${place}.${name}`) : [path];
      if (!from || to.length !== paths.length)
        throw new Error(`"${line}" must read "# takes: <variables> from <example> <path>"`);
      return to.map((variable, i) => ({ to: variable, from, path: paths[i]! }));
    });
}
