import type { DepartmentDoing } from '../../../contract/doing/department-doing.ts';
import { papers } from '../papers.ts';
import { captureEffects } from './captures.ts';
import { correctionsDoing } from './corrections.ts';
import { householdsDoing } from './households.ts';
import { batchesDoing } from './import-batches.ts';
import { mergeEffects } from './merge/merge.ts';
import { personsDoing } from './persons.ts';
import { policeDoing } from './police.ts';
import { staysDoing } from './stays.ts';

const parts = [
  personsDoing,
  staysDoing,
  householdsDoing,
  policeDoing,
  batchesDoing,
  correctionsDoing(personsDoing.fills!.flagDoubts!.fill),
  { effects: mergeEffects },
  { effects: captureEffects },
];

/** What the tables of the register and of recorded cases cannot say. */
export const doing: DepartmentDoing = {
  guards: Object.assign({}, ...parts.map(({ guards }: DepartmentDoing) => guards)),
  fills: Object.assign({}, ...parts.map(({ fills }: DepartmentDoing) => fills)),
  effects: Object.assign({}, ...parts.map(({ effects }: DepartmentDoing) => effects)),
  papers,
};
