import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  Kind,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Model } from '../../contract/model/record.ts';

/** What may name a person only as much as a place or a state does. */
const shown = new Set(['PUBLIC', 'INTERNAL']);
/** Stands in the place of a value that is left out. */
export const leftOut = '…';

/**
 * The document as those read it who are to know what is taken out. Texts that a filter compares with something personal
 * are left out: owners of other groups read the document too, and a number or a name in it would tell of a person.
 */
export function shownDocument(schema: GraphQLSchema, model: Model, document: DocumentNode): string {
  const info = new TypeInfo(schema);
  /** Which fields of filters stand around the value, the innermost last. */
  const around: boolean[] = [];
  const isShown = () => around.length === 0 || around.at(-1) === true;
  const text = visit(
    document,
    visitWithTypeInfo(info, {
      ObjectField: {
        enter(node) {
          const record = model.get(
            getNamedType(info.getParentInputType())?.name.replace(/Filter$/, '') ?? '',
          );
          const field = record?.fields.get(node.name.value);
          around.push(field ? shown.has(field.rule.sensitivity) && node.name.value !== 'id' : isShown());
        },
        leave() {
          around.pop();
        },
      },
      StringValue: (node) =>
        isShown() ? undefined : { ...node, kind: Kind.STRING, value: leftOut, block: false },
      IntValue: (node) => (isShown() ? undefined : { ...node, value: '0' }),
      FloatValue: (node) => (isShown() ? undefined : { ...node, value: '0' }),
    }),
  );
  return print(text);
}
