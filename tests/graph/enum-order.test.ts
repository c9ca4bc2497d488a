import { getNamedType, isEnumType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { productGraph } from '../support/graph.ts';

describe('the order of a list', () => {
  it('is by no enum: its values stand in columns as words, which would come in the order of the alphabet', () => {
    const { bare, model } = productGraph();
    const words = [...model.values()].flatMap((record) => {
      const order = bare.getType(`${record.name}OrderField`);
      const type = bare.getType(record.name);
      if (!isEnumType(order) || !isObjectType(type)) return [];
      return Object.values(type.getFields())
        .filter((field) => isEnumType(getNamedType(field.type)))
        .filter(({ name }) => order.getValue(name.replace(/([A-Z])/g, '_$1').toUpperCase()))
        .map(({ name }) => `${record.name}.${name}`);
    });
    expect(words).toEqual([]);
  });
});
