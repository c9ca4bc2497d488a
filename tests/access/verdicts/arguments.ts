import { Kind } from 'graphql';
import { type ArgumentUse, filterUses, orderUses } from '../../../src/contract/policy/arguments.ts';
import type { RuledContract } from '../../../src/schema.ts';
import type { Oracle } from '../oracle.ts';
import { orderName, type RecordType } from '../reading/contract.ts';
import { compared, type EachViewer } from './compared.ts';
import { recordOf } from './outputs.ts';

type Refused = ReturnType<Oracle['argumentRefusal']>;

/** Differences at the filter fields and order values of a type: which there are, and who may not use them. */
export function* argumentFaults(
  { document, model, accessPlan }: RuledContract,
  oracle: Oracle,
  type: RecordType,
  eachViewer: EachViewer,
): Generator<string> {
  const record = recordOf(model, type);
  const fields = [...type.fields.values()];
  const filters = fields.filter((field) => field.filtered);
  yield* compared(
    `${type.name}Filter`,
    membersOf(document, `${type.name}Filter`).sort().join(' '),
    ['and', 'id', 'not', 'or', ...filters.map((f) => f.name)].sort().join(' '),
  );
  const orders = fields.flatMap((field) =>
    field.orders.map((of) => ({ field, of, name: orderName(field.name, of) })),
  );
  yield* compared(
    `${type.name}OrderField`,
    membersOf(document, `${type.name}OrderField`).sort().join(' '),
    ['ID', ...orders.map((o) => o.name)].sort().join(' '),
  );
  for (const { code, name } of eachViewer) {
    for (const field of filters) {
      const at = (input: object) => filterUses(accessPlan, record, { [field.name]: input }, name);
      const where = `${code} ${type.name}Filter.${field.name}`;
      if (field.kind !== 'embed') {
        yield* compared(where, usesText(at({})), refusalText(oracle.argumentRefusal(code, field)));
        continue;
      }
      for (const part of field.parts)
        yield* compared(
          `${where}.${part.name}`,
          usesText(at({ [part.name]: {} })),
          refusalText(oracle.argumentRefusal(code, field, oracle.partSight(code, field, part))),
        );
    }
    for (const { field, of, name: value } of orders) {
      const other = of === '' ? undefined : oracle.type(field.target).fields.get(of);
      const refused =
        oracle.argumentRefusal(code, field) ?? (other ? oracle.argumentRefusal(code, other) : null);
      yield* compared(
        `${code} ${type.name}OrderField.${value}`,
        usesText(orderUses(accessPlan, record, { field: value }, name)),
        refusalText(refused),
      );
    }
  }
}

function membersOf(document: RuledContract['document'], name: string): string[] {
  for (const d of document.definitions) {
    if (d.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION && d.name.value === name)
      return (d.fields ?? []).map((f) => f.name.value);
    if (d.kind === Kind.ENUM_TYPE_DEFINITION && d.name.value === name)
      return (d.values ?? []).map((v) => v.name.value);
  }
  return [];
}

function usesText(uses: readonly ArgumentUse[]): string {
  if (uses.length === 0) return 'not looked at';
  const denial = uses.find((use) => use.denial)?.denial;
  return denial
    ? refusalText({
        ...denial,
        group: denial.group.name,
        owner: denial.group.owner,
        silent: denial.silentlyRefused,
      })
    : 'open';
}

/** Of what is refused in silence no reason is told. */
function refusalText(refused: Refused): string {
  if (!refused) return 'open';
  const { group, owner, reason, silent } = refused;
  return `${group} ${owner} ${silent ? 'in silence' : reason}`;
}
