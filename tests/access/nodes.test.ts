import { nodes, nodesOfOthers } from './surfaces/nodes.ts';
import { testSurfaces } from './surfaces/surface.ts';

// A part of reads.test.ts, for runs that ask again in another way (vitest.config.ts).
testSurfaces([nodes, nodesOfOthers]);
