import { type ConstDirectiveNode, Kind, type ObjectTypeDefinitionNode } from 'graphql';
import type { FieldRule } from '../../../src/contract/policy/rules.ts';
import type { Matrix } from '../../../src/contract/tables/matrix.ts';
import { getViewer } from '../../../src/identity/viewers.ts';
import type { RuledContract } from '../../../src/ruled-contract.ts';
import type { Oracle } from '../oracle.ts';
import type { Coordinate, RecordType } from '../reading/contract.ts';
import { compared, type EachViewer } from './compared.ts';
import { recordOf } from './outputs.ts';

/**
 * Differences in what is said of a coordinate, whether or not it changes what anybody sees today: `explainAccess` and
 * the schema that viewers are shown tell group, class, mask, inputs and reason.
 */
export function* declaredFaults({ model }: RuledContract, type: RecordType): Generator<string> {
  const record = recordOf(model, type);
  yield* compared(`${type.name}: group`, record.rules.group?.name, type.group);
  for (const field of type.fields.values()) {
    const made = record.fields.get(field.name);
    const where = `${type.name}.${field.name}`;
    yield* compared(where, made && ruleText(made.rule), expectedText(field));
    yield* compared(
      `${where}: inputs`,
      inputsText(made?.rule),
      field.because === null && field.kind === 'computed' ? inputsOf(type, field).join(' ') : '',
    );
    for (const part of field.kind === 'embed' ? field.parts : []) {
      const is = made?.kind === 'embed' ? made.parts.find((p) => p.name === part.name) : undefined;
      yield* compared(
        `${where}.${part.name}`,
        is && `${is.sensitivity} ${is.mask}`,
        `${part.sensitivity} ${part.mask}`,
      );
    }
  }
}

/** Differences in what is told of the parts of value objects, also of those that one column or no table holds. */
export function* declaredPartFaults({ document }: RuledContract, oracle: Oracle): Generator<string> {
  for (const [name, parts] of oracle.values) {
    const type = document.definitions.find(
      (d): d is ObjectTypeDefinitionNode => d.kind === Kind.OBJECT_TYPE_DEFINITION && d.name.value === name,
    );
    for (const part of parts) {
      const node = type?.fields?.find((f) => f.name.value === part.name);
      const level = classOf(node?.directives) ?? classOf(type?.directives);
      yield* compared(`${name}.${part.name}`, level, part.sensitivity);
    }
  }
}

function classOf(directives: readonly ConstDirectiveNode[] = []): string | undefined {
  const value = directives.find((d) => d.name.value === 'class')?.arguments?.[0]?.value;
  return value?.kind === Kind.ENUM ? value.value : undefined;
}

/** Differences in the rules of the root fields that departments wrote. */
export function* declaredRootFaults({ accessPlan }: RuledContract, oracle: Oracle): Generator<string> {
  for (const [coordinate, root] of oracle.roots) {
    if (root.type === 'Mutation') continue;
    const rule = accessPlan.ruleOf(root.type, root.name);
    yield* compared(coordinate, rule && ruleText(rule), expectedText(root));
  }
}

/** Differences between a matrix and the table: what `accessMatrix` tells of each cell. */
export function* matrixFaults(matrix: Matrix, oracle: Oracle, viewers: EachViewer): Generator<string> {
  for (const name of oracle.groups) {
    const row = oracle.row(name);
    const group = matrix.get(name);
    yield* compared(
      name,
      group && `${getViewer(group.owner).name} ${group.secret} ${group.masked === 'companions'}`,
      `${row.owner} ${row.secret} ${row.companions}`,
    );
    for (const { code, name: viewer } of viewers) {
      const cell = group?.cells.get(viewer);
      const expected = row.cells.get(code);
      yield* compared(
        `${name} ${code}`,
        cell && `${cell.value}${cell.own ? 'o' : ''}`,
        expected && `${expected.letter}${expected.own ? 'o' : ''}`,
      );
    }
  }
}

const ruleText = ({ group, sensitivity, mask, because }: FieldRule): string =>
  `${group.name} ${sensitivity} ${mask} ${because ?? null}`;
const expectedText = ({ group, sensitivity, mask, because }: Coordinate): string =>
  `${group} ${sensitivity} ${mask} ${because}`;

const inputsText = (rule: FieldRule | undefined): string =>
  (rule?.inputs ?? []).map(({ coordinate }) => coordinate).join(' ');

/** What a field is computed from, down to stored values and those that have a reason of their own. */
function inputsOf(type: RecordType, field: Coordinate): string[] {
  return field.from.flatMap((path) => {
    const [name = '', part] = path.split('.');
    const input = type.fields.get(name);
    if (!input) return [];
    const own = `${type.name}.${name}`;
    if (input.parts.length > 0) return part ? [own] : input.parts.map(() => own);
    return [own, ...(input.kind === 'computed' && input.because === null ? inputsOf(type, input) : [])];
  });
}
