import { useCallback, useRef, useState } from 'react';
import {
  type Carried,
  exampleOfOperation,
  type FilledExample,
  fillVariables,
  keepForOthers,
  nextStep,
} from './carry-over.ts';
import { Notice } from './notice.tsx';
import type { Example } from './server-calls.ts';

const storageKey = 'laihu:carried';

/** Survives a reload and ends with the browser tab, as the session does. */
function readCarried(): Carried {
  try {
    return new Map(JSON.parse(sessionStorage.getItem(storageKey) ?? '[]') as [string, unknown][]);
  } catch {
    return new Map();
  }
}

function storeCarried(carried: Carried): void {
  sessionStorage.setItem(storageKey, JSON.stringify([...carried]));
}

/** What examples take from each other's answers, from one person at work to the next. */
export interface CarryOver {
  /** The example as it is to be opened. */
  fill(example: Example): Example;
  /** To be called with every answer. */
  keep(document: string, data: unknown): void;
  /** Forgets everything: whoever signs in next has not seen it. */
  clear(): void;
  /** Says from which answers the example that was opened last has its variables. */
  notice: React.ReactNode;
}

/** @param onChoose opens an example */
export function useCarryOver(examples: readonly Example[], onChoose: (example: Example) => void): CarryOver {
  const carried = useRef(readCarried());
  const [opened, setOpened] = useState<FilledExample | null>(null);
  const known = useRef(examples);
  known.current = examples;

  const fill = useCallback((example: Example) => {
    const filled = fillVariables(example, carried.current);
    setOpened(filled);
    return filled.example;
  }, []);
  const keep = useCallback((document: string, data: unknown) => {
    const name = exampleOfOperation(known.current, document);
    if (!name) return;
    keepForOthers(carried.current, known.current, name, data);
    storeCarried(carried.current);
  }, []);
  const clear = useCallback(() => {
    carried.current.clear();
    storeCarried(carried.current);
    setOpened(null);
  }, []);

  const titles = (names: readonly string[]) =>
    names.map((name) => `“${examples.find((example) => example.name === name)?.title ?? name}”`).join(', ');
  const next = opened && nextStep(examples, opened.example);
  const notice = opened && (next || opened.example.takes.length > 0) && (
    <Notice tone="offer">
      {opened.missing.length > 0 && (
        <span>
          Run {titles(opened.missing)} first, then choose this example again: its variables come from that
          answer.
        </span>
      )}
      {opened.missing.length === 0 && opened.from.length > 0 && (
        <span>Variables are filled from the answer to {titles(opened.from)}.</span>
      )}
      {next && (
        <button type="button" className="quiet" onClick={() => onChoose(next)}>
          Then: {next.title}
        </button>
      )}
    </Notice>
  );
  return { fill, keep, clear, notice };
}
