import type { Model, RecordModel } from '../../../src/contract/model/record.ts';
import type { FieldAccess } from '../../../src/contract/policy/field-access.ts';
import type { RuledContract } from '../../../src/ruled-contract.ts';
import { rootRefusal } from '../asking/access-report.ts';
import type { Oracle, Sight } from '../oracle.ts';
import type { Coordinate, RecordType } from '../reading/contract.ts';
import { compared, type EachViewer } from './compared.ts';

/** Differences at the rows of a type and at each of its output coordinates. */
export function* outputFaults(
  { model, accessPlan }: RuledContract,
  oracle: Oracle,
  type: RecordType,
  eachViewer: EachViewer,
): Generator<string> {
  const record = recordOf(model, type);
  // What is below a provenance is of other fields: provenance.test.ts asks both as every viewer.
  const names = [...record.fields.values()]
    .filter(({ name, kind }) => name !== 'id' && kind !== 'held')
    .map(({ name }) => name)
    .sort();
  yield* compared(`${type.name}: fields`, names.join(' '), [...type.fields.keys()].sort().join(' '));
  yield* compared(`${type.name}: root fields`, `${record.one} ${record.many}`, `${type.one} ${type.many}`);
  for (const { code, name } of eachViewer) {
    const { rows } = record.access[name];
    yield* compared(`${code} ${type.name}: rows`, rows, oracle.presence(code, type.name));
    for (const root of [type.one, type.many]) {
      if (!root) continue;
      const { denial } = accessPlan.decision('Query', root, name);
      const refusal = rootRefusal(oracle, code, type.name, `Query.${root}`);
      yield* compared(
        `${code} Query.${root}`,
        denial && `${denial.group.name} ${denial.group.owner} ${denial.reason}`,
        refusal && `${refusal.group} ${refusal.owner} ${refusal.reason}`,
      );
    }
    for (const field of type.fields.values()) {
      const { denial, masked, own } = accessPlan.decision(type.name, field.name, name);
      const got = denial
        ? denial.silentlyRefused
          ? `SILENT ${denial.group.name}`
          : `DENIED ${denial.group.name} ${denial.group.owner} ${denial.reason}`
        : `${masked?.mask ?? 'CLEAR'}${own ? ' in own rows' : ''}`;
      yield* compared(`${code} ${type.name}.${field.name}`, got, textOf(oracle, code, field));
      const made = record.fields.get(field.name);
      for (const part of field.kind === 'embed' ? field.parts : []) {
        const is = made?.kind === 'embed' ? made.parts.find((p) => p.name === part.name) : undefined;
        const access = is?.access[name];
        yield* compared(
          `${code} ${type.name}.${field.name}.${part.name}`,
          access && productText(access),
          oracleText(oracle.partSight(code, field, part)),
        );
      }
    }
  }
}

/** Differences at the root fields that departments wrote. */
export function* rootFaults(
  { accessPlan }: RuledContract,
  oracle: Oracle,
  eachViewer: EachViewer,
): Generator<string> {
  // Who may use a mutation stands in the do-matrix, which tests/doing reads by itself.
  for (const [coordinate, root] of oracle.roots)
    for (const { code, name } of root.type === 'Mutation' ? [] : eachViewer) {
      const sight = oracle.sight(code, { ...root, kind: 'value' });
      const { denial } = accessPlan.decision(root.type, root.name, name);
      yield* compared(`${code} ${coordinate}`, denial === null, sight.kind === 'CLEAR');
      if (denial && sight.kind === 'DENIED')
        yield* compared(`${code} ${coordinate}`, denial.reason, sight.reason);
    }
}

export function recordOf(model: Model, { name }: RecordType): RecordModel {
  const record = model.get(name);
  if (!record) throw new Error(`The graph has no record type ${name}.`);
  return record;
}

function textOf(oracle: Oracle, code: EachViewer[number]['code'], field: Coordinate): string {
  const sight = oracle.sight(code, field);
  if (sight.kind === 'SILENT') return `SILENT ${sight.group}`;
  if (sight.kind === 'DENIED') return `DENIED ${sight.group} ${sight.owner} ${sight.reason}`;
  return `${oracle.maskWord(code, field) ?? 'CLEAR'}${oracle.isOfSomeRows(code, field) ? ' in own rows' : ''}`;
}

const productText = ({ decision, mask, own }: FieldAccess): string =>
  decision === 'REFUSED' ? 'HIDDEN' : `${mask ?? decision} ${own}`;

function oracleText(sight: Sight): string {
  if (sight.kind === 'DENIED' || sight.kind === 'SILENT') return 'HIDDEN';
  return `${sight.kind === 'MASK' ? sight.mask : sight.kind} ${sight.own}`;
}
