import { presentedNumber } from '../../contract/doing/input-sdl.ts';
import { getViewer } from '../../identity/viewers.ts';
import type { Context } from '../context.ts';
import { Misread } from '../misread.ts';
import { presentedId } from '../reads/named-ids.ts';
import type { Input } from './input-values.ts';
import { InputFaults, misread, notFound } from './user-errors.ts';

/** Who stands at the window, by the number on the card. @throws InputFaults where nobody has it */
export async function presentAt(input: Input, { viewer, reads }: Context): Promise<void> {
  const number = input[presentedNumber];
  if (number == null) return;
  if (number instanceof Misread) throw new InputFaults([misread([presentedNumber], number)]);
  const isWindow = getViewer(viewer.department).kind === 'RECEPTION_CENTRE';
  const id = isWindow ? await presentedId(reads, 'Migrant', 'citizenIdNumber', String(number)) : null;
  if (id === null) throw new InputFaults([notFound(presentedNumber)]);
}
