import type { CodegenConfig } from '@graphql-codegen/cli';
import { print } from 'graphql';
import { expandSdl } from './src/contract/sdl/expand.ts';
import { productContract } from './src/schema.ts';

/** Types of the contract for hand-written resolvers: rows as they come from the store, context, arguments. */
const config: CodegenConfig = {
  schema: print(expandSdl(productContract().sdl).document),
  generates: {
    'src/generated/resolvers.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        contextType: '../graph/context.ts#Context',
        defaultMapper: '../contract/model/record.ts#Row',
        enumsAsTypes: true,
        importExtension: '.ts',
        maybeValue: 'T | null',
        strictScalars: true,
        useTypeImports: true,
        scalars: {
          CitizenId: 'string',
          Date: 'string',
          DateTime: 'string',
          Decimal: 'string',
          DivisionCode: 'string',
          JSON: 'unknown',
          Money: { input: 'number', output: 'number' },
          Month: 'string',
          OrgCode: 'string',
          RegNo: 'string',
        },
      },
    },
  },
};

export default config;
