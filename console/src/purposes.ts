import { useEffect, useState } from 'react';
import { fetchPurposes, type ViewerPurposes } from './server-calls.ts';
import type { Session } from './session.ts';

/** What the console sends with each query as the reason for reading persons, and what else it could be. */
export interface PurposeChoice {
  open: ViewerPurposes['open'];
  /** Null while the list is not there, and for a token of a viewer that the list does not have. */
  purpose: string | null;
  choose(purpose: string): void;
}

/** The purpose of the signed-in viewer: the usual one of its work until another is chosen. */
export function usePurpose(session: Session | null): PurposeChoice {
  const [lists, setLists] = useState<ViewerPurposes[]>([]);
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => {
    void fetchPurposes().then(setLists);
  }, []);
  const department = session?.department;
  const own = lists.find(({ code, viewer }) => code === department || viewer === department);
  const open = own?.open ?? [];
  const isOpen = open.some(({ purpose }) => purpose === chosen);
  return { open, purpose: isOpen ? chosen : (own?.usual ?? null), choose: setChosen };
}
