import { Kind } from 'graphql';
import { argument, listArgument, read } from './contract.ts';

/** The measures of statistics: the groups that each has, those of what it is computed from after its own. */
export function readMeasures(): ReadonlyMap<string, readonly string[]> {
  const values = new Map(
    read(['statistics.graphql']).flatMap((d) =>
      d.kind === Kind.ENUM_TYPE_DEFINITION && d.name.value === 'StatisticMeasure'
        ? (d.values ?? []).map((value) => [value.name.value, value] as const)
        : [],
    ),
  );
  return new Map(
    [...values].map(([name, value]) => {
      const inputs = listArgument(value, 'computed', 'from').map((input) => values.get(input)!);
      return [name, [value, ...inputs].map((each) => argument(each, 'group', 'is') ?? '')];
    }),
  );
}
