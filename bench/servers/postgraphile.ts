import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { makeV4Preset } from 'postgraphile/presets/v4';
import { makeJSONPgSmartTagsPlugin } from 'postgraphile/utils';
import { PostGraphileConnectionFilterPreset } from 'postgraphile-plugin-connection-filter';

/** PostGraphile 5 as its documentation sets it up, on the same tables; relations that cross schemas by smart tags. */
const relations = makeJSONPgSmartTagsPlugin({
  version: 1,
  config: {
    class: {
      'public_security.migrants': {
        tags: { foreignKey: '(subdistrict_unit) references organisation.org_units (id)' },
      },
      'housing.leases': {
        tags: { foreignKey: '(tenant_migrant_id) references public_security.migrants (id)' },
      },
      'labour.employments': {
        tags: { foreignKey: '(employee_id) references public_security.migrants (id)' },
      },
      'permits.residence_permits': {
        tags: { foreignKey: '(holder_id) references public_security.migrants (id)' },
      },
    },
  },
});

const connectionString = process.env.DATABASE_URL ?? '';
const preset: GraphileConfig.Preset = {
  extends: [
    PostGraphileAmberPreset,
    makeV4Preset({ simpleCollections: 'omit', disableDefaultMutations: true }),
    // Only where a filter is asked for: the page is measured as the documentation sets it up.
    ...(process.argv.includes('filter') ? [PostGraphileConnectionFilterPreset] : []),
  ],
  plugins: [relations],
  pgServices: [
    makePgService({
      connectionString,
      schemas: ['public_security', 'organisation', 'housing', 'labour', 'permits'],
      poolConfig: { max: 8 },
    }),
  ],
  grafserv: { port: 0, graphqlPath: '/graphql', graphiql: false },
  grafast: { explain: false },
  ...(process.argv.includes('filter') ? { schema: { connectionFilterRelations: true } } : {}),
};

const serv = postgraphile(preset).createServ(grafserv);
const server = createServer();
await serv.addTo(server);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address)
    console.log(`listening http://127.0.0.1:${address.port}/graphql`);
});
