import { Kind, visit } from 'graphql';
import { reachable } from '../check/operation.ts';
import type { RequestReading } from '../request-reading.ts';

/** The variables of @skip and @include: they decide what an answer looks like. */
export function conditionVariables({ document, operation }: RequestReading): readonly string[] {
  const names = new Set<string>();
  for (const definition of reachable(document, operation))
    visit(definition, {
      Directive: ({ name, arguments: args = [] }) => {
        if (name.value !== 'skip' && name.value !== 'include') return;
        for (const { value } of args) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
      },
    });
  return [...names];
}
