import type { Cell, FieldGroup, Matrix } from '../../../src/contract/tables/matrix.ts';
import { Purposes } from '../../../src/contract/tables/purposes.ts';
import { type ViewerName, viewers } from '../../../src/identity/viewers.ts';
import type { Contract } from '../../../src/schema.ts';
import type { EachViewer } from '../verdicts/compared.ts';
import type { ContractMutant, MutantKind } from './mutant.ts';

const granted = (value: Cell['value'], own = false): Cell => ({ value, own, clause: 'X-x' });

/** Each cell of the matrix emptied and widened; each group's secrecy and companions turned round. */
export function* cellMutants(contract: Contract): Generator<ContractMutant> {
  for (const group of contract.matrix.values()) {
    const make = (
      name: string,
      changed: Partial<FieldGroup>,
      viewer?: EachViewer[number],
    ): ContractMutant => ({
      kind: 'cell',
      name: `${group.name} ${name}`,
      near: viewer ? { viewers: [viewer] } : {},
      make: () => ({ ...contract, matrix: withGroup(contract.matrix, { ...group, ...changed }) }),
    });
    yield make(group.secret ? 'not secret' : 'secret', { secret: !group.secret });
    yield make('masked otherwise', { masked: group.masked === 'companions' ? 'by class' : 'companions' });
    for (const { code, name } of viewers) {
      const cell = group.cells.get(name);
      for (const wider of widerThan(cell)) {
        const cells = new Map(group.cells);
        if (wider) cells.set(name, wider);
        else cells.delete(name);
        yield make(`${code}: ${textOf(wider)} for ${textOf(cell)}`, { cells }, { code, name });
      }
    }
  }
}

const textOf = (cell: Cell | undefined): string => (cell ? `${cell.value}${cell.own ? 'o' : ''}` : 'nothing');

function widerThan(cell: Cell | undefined): readonly (Cell | undefined)[] {
  if (!cell) return [granted('F'), granted('M'), granted('A'), granted('M', true)];
  if (cell.value === 'A') return [undefined, granted('F'), granted('M')];
  const all = cell.own ? [granted(cell.value)] : [];
  return cell.value === 'M'
    ? [undefined, granted('F', cell.own), ...all]
    : [undefined, granted('M', cell.own), ...all];
}

const withGroup = (matrix: Matrix, group: FieldGroup): Matrix => new Map(matrix).set(group.name, group);

/** Each cell of the table of purposes emptied or opened. */
export function* purposeMutants(contract: Contract): Generator<ContractMutant> {
  const kind: MutantKind = 'purpose';
  const usual = new Map<ViewerName, string>(
    viewers.map(({ name }) => [name, contract.purposes.usualOf(name)]),
  );
  for (const row of contract.purposes.rows.values())
    for (const { code, name } of viewers) {
      const openTo = new Map(row.openTo);
      const isOpen = openTo.delete(name);
      if (!isOpen) openTo.set(name, 'X-x');
      yield {
        kind,
        near: {},
        name: `${row.purpose} ${isOpen ? 'closed' : 'opened'} to ${code}`,
        make: () => ({
          ...contract,
          purposes: new Purposes(new Map(contract.purposes.rows).set(row.purpose, { ...row, openTo }), usual),
        }),
      };
    }
}
