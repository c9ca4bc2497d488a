import { expect } from 'vitest';
import { everything, isRelation, selectionText } from '../asking/selection.ts';
import type { Surface } from './surface.ts';

// What a viewer may not see is not read at all (docs/access.md, "Projection"): no statement selects it, whatever becomes
// of it afterwards.

const selected = new Set<string>();
const refused = new Set<string>();

export const statements: Surface = {
  name: 'statements',
  states: 'of %s only what is seen is selected',
  async ask(setting, { code }, type) {
    const { graph, oracle } = setting;
    const { many } = oracle.type(type);
    if (!many || oracle.presence(code, type) === 'NONE') return;
    const selection = everything(oracle.type(type), (field) => !isRelation(field) && field.kind !== 'embed');
    const { asking } = setting.expect(code);
    const document = `{ ${many}(first: 1) { nodes { ${selectionText(selection)} } } }`;
    const { statements } = await graph.ask(asking, document);
    const text = statements.map((statement) => statement.text).join('\n');
    const wrong: string[] = [];
    for (const { field } of selection.fields) {
      const sight = oracle.sight(code, field);
      const isShown = sight.kind === 'CLEAR' || sight.kind === 'MASK';
      const property = field.arguments.length > 0 ? `$${field.name}` : field.name;
      if (text.includes(` as "${property}"`) !== isShown)
        wrong.push(`${type}.${field.name}: ${isShown ? 'not ' : ''}selected`);
      (isShown ? selected : refused).add(`${type}.${field.name}`);
    }
    expect(wrong).toEqual([]);
  },
  control: {
    title: 'what is not selected for some is selected for others',
    check() {
      expect(refused.size).toBeGreaterThan(300);
      expect([...refused].filter((coordinate) => !selected.has(coordinate))).toEqual([]);
    },
  },
};
