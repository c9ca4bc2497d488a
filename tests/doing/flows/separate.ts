import { refreshLinks } from '../../../src/database/links/refresh.ts';
import { applyPolicy } from '../../../src/database/wall/apply.ts';
import { departments } from '../../../src/departments/index.ts';
import { productDepartments } from '../../../src/product-contract.ts';
import { productLinkReaders } from '../../../src/ruled-contract.ts';
import { connectTo } from '../../../src/store/connect.ts';
import { productGraph, testDay } from '../../support/graph.ts';

/** Leaves in each database the stores that it is to hold, with the wall and the links of these. */
export async function separate(urls: readonly string[], urlOf: (store: string) => string): Promise<void> {
  const graph = productGraph();
  const owners = new Map(urls.map((url) => [url, connectTo(url, { max: 1, onnotice: () => {} })]));
  for (const [url, owner] of owners) {
    const held = departments.map(({ store }) => store).filter((store) => urlOf(store) === url);
    for (const { store } of departments)
      if (!held.includes(store)) await owner.unsafe(`drop schema if exists "${store}" cascade`);
    await applyPolicy(graph.wall, { owner, ownerUrl: url, stores: held });
  }
  const pools = {
    ownerOf: (store: string) => owners.get(urlOf(store))!,
    serverOf: urlOf,
  } as unknown as Parameters<typeof refreshLinks>[0];
  await refreshLinks(pools, productDepartments(), testDay, productLinkReaders());
  for (const owner of owners.values()) await owner.end();
}
