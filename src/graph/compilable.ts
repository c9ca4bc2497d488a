import { type ASTNode, BREAK, Kind, type ValueNode, visit } from 'graphql';
import { reachable } from '../access/operation.ts';
import type { RequestReading } from './request-reading.ts';
import { provenanceName } from './sdl/held.ts';

/**
 * Whether the compiler, graphql-jit 0.8.9, is known to answer an operation as graphql-js does where nothing fails. It
 * does not, or was not shown to, in these; they are interpreted:
 * - directives: fragments under @skip and @include, a condition that is evaluated for another place
 * - variables inside lists and input objects: one that is left out leaves a hole
 * - response names with an underscore (the code's names of `a_b` and of `b` below `a` are the same), such as
 *   `__proto__`, or that name something in the code or in every object
 * - names of variables and texts in the document that hold `__`: `"__MAGIC_DATE__…"` becomes code that runs
 * - `provenance`: what is read for it is logged as it is read, and must not be read twice
 */
export function isCompilable({ document, operation }: RequestReading): boolean {
  if (operation.operation !== 'query') return false;
  for (const definition of reachable(document, operation)) {
    let holds = true;
    visit(definition, {
      enter: (node) => {
        if (!isKnown(node)) holds = false;
        return holds ? undefined : BREAK;
      },
    });
    if (!holds) return false;
  }
  return true;
}

function isKnown(node: ASTNode): boolean {
  switch (node.kind) {
    case Kind.DIRECTIVE:
      return false;
    case Kind.ARGUMENT:
      return node.value.kind === Kind.VARIABLE || !holdsVariable(node.value);
    case Kind.STRING:
      return !node.value.includes('__');
    case Kind.VARIABLE:
    case Kind.OBJECT_FIELD:
      return !node.name.value.includes('__');
    case Kind.FIELD: {
      if (node.name.value === provenanceName) return false;
      return node.alias
        ? isPlain(node.alias.value)
        : node.name.value === '__typename' || isPlain(node.name.value);
    }
    default:
      return true;
  }
}

/** `idx1` is a variable of the generated code. */
const isPlain = (name: string): boolean =>
  /^[a-z][A-Za-z0-9]*$/.test(name) && !/^idx\d+$/.test(name) && !(name in Object.prototype);

function holdsVariable(value: ValueNode): boolean {
  if (value.kind === Kind.VARIABLE) return true;
  if (value.kind === Kind.LIST) return value.values.some(holdsVariable);
  return value.kind === Kind.OBJECT && value.fields.some((field) => holdsVariable(field.value));
}
