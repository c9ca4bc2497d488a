import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { buildASTSchema, type DocumentNode, type GraphQLSchema, isIntrospectionType } from 'graphql';
import { getOrMake } from '../../common/get-or-make.ts';
import type { ViewerName } from '../../identity/viewers.ts';
import type { AccessPlan } from '../compile/access-plan.ts';
import { viewerSdl } from './viewer-sdl.ts';

/** The contract as each viewer may know it: for introspection and as SDL, never for reading data. */
export class ViewerSchemas {
  readonly #document: DocumentNode;
  readonly #plan: AccessPlan;
  // By viewer of the matrix, the only thing that a schema depends on; made when one first asks.
  readonly #schemas = new Map<ViewerName, GraphQLSchema>();
  readonly #names = new Map<ViewerName, ReadonlySet<string>>();

  constructor(document: DocumentNode, accessPlan: AccessPlan) {
    this.#document = document;
    this.#plan = accessPlan;
  }

  of(viewer: ViewerName): GraphQLSchema {
    return getOrMake(this.#schemas, viewer, () =>
      buildASTSchema(viewerSdl(this.#document, this.#plan, viewer), { assumeValidSDL: true }),
    );
  }

  /** The schema as text. */
  print(viewer: ViewerName): string {
    return printSchemaWithDirectives(this.of(viewer));
  }

  /** Every name of a type, field, argument or enum value that the viewer may see. */
  names(viewer: ViewerName): ReadonlySet<string> {
    return getOrMake(this.#names, viewer, () => namesOf(this.of(viewer)));
  }
}

/** Every name of a type, field, argument or enum value of a schema, those of introspection too. */
export function namesOf(schema: GraphQLSchema): ReadonlySet<string> {
  const names = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    names.add(type.name);
    if (isIntrospectionType(type)) continue;
    if ('getValues' in type) for (const value of type.getValues()) names.add(value.name);
    if (!('getFields' in type)) continue;
    for (const field of Object.values(type.getFields())) {
      names.add(field.name);
      if ('args' in field) for (const argument of field.args) names.add(argument.name);
    }
  }
  return names;
}
