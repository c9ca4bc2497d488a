import type { FieldNode, GraphQLField } from 'graphql';
import type { RecordField, RecordModel } from '../../contract/model/record.ts';
import type { ManyField } from '../reads/relation.ts';
import type { Selection } from '../reads/selection.ts';

// What an answer looks like and where its values come from: the part of a document that does not depend on the viewer.

/** A member of a JSON object of the answer. */
export interface Member {
  /** The response name. */
  readonly name: string;
  readonly value: ValueShape;
  /** Null is no value here. */
  readonly isRequired: boolean;
}

export type ValueShape =
  | { readonly kind: 'typename'; readonly type: string }
  | { readonly kind: 'id'; readonly type: string }
  | { readonly kind: 'value'; readonly property: string; readonly as: ValueForm }
  | {
      readonly kind: 'embed';
      readonly field: RecordField & { kind: 'embed' };
      readonly members: readonly Member[];
    }
  | { readonly kind: 'link'; readonly place: LinkPlace }
  | { readonly kind: 'page'; readonly place: PagePlace }
  | { readonly kind: 'list'; readonly place: ListPlace };

/** How a value is written as JSON. */
export type ValueForm = 'as it is' | 'text' | 'money' | 'instant';

/** One record, by the id that its parent holds. */
export interface LinkPlace {
  readonly record: RecordModel;
  readonly selection: Selection;
  readonly key: string;
  readonly members: readonly Member[];
}

/** The records of a parent, all of them. */
export interface ListPlace {
  readonly field: ManyField;
  readonly record: RecordModel;
  readonly selection: Selection;
  readonly members: readonly Member[];
}

/** A page of records: of a parent, or of all. */
export interface PagePlace {
  readonly field: ManyField | null;
  readonly record: RecordModel;
  readonly selection: Selection;
  readonly members: readonly ConnectionMember[];
  readonly node: FieldNode;
  readonly definition: GraphQLField<unknown, unknown>;
}

/** A member of a connection. */
export interface ConnectionMember {
  readonly name: string;
  readonly value:
    | { readonly kind: 'typename'; readonly type: string }
    | { readonly kind: 'nodes'; readonly members: readonly Member[] }
    | { readonly kind: 'edges'; readonly members: readonly EdgeMember[] }
    | { readonly kind: 'pageInfo'; readonly members: readonly PageInfoMember[] }
    | { readonly kind: 'totalCount' };
}

export interface EdgeMember {
  readonly name: string;
  readonly value:
    | { readonly kind: 'typename'; readonly type: string }
    | { readonly kind: 'node'; readonly members: readonly Member[] }
    | { readonly kind: 'cursor' };
}

export interface PageInfoMember {
  readonly name: string;
  readonly value:
    | { readonly kind: 'typename'; readonly type: string }
    | { readonly kind: 'hasNextPage' | 'hasPreviousPage' | 'startCursor' | 'endCursor' };
}

/** A field of `Query`: a list, or one record by its id. */
export type RootShape = { readonly name: string } & (
  | { readonly kind: 'page'; readonly place: PagePlace }
  | {
      readonly kind: 'one';
      readonly place: LinkPlace;
      readonly node: FieldNode;
      readonly definition: GraphQLField<unknown, unknown>;
    }
);
