import { lists } from './surfaces/lists.ts';
import { nested } from './surfaces/nested.ts';
import { nodes, nodesOfOthers } from './surfaces/nodes.ts';
import { testSurfaces } from './surfaces/surface.ts';

testSurfaces([lists, nested, nodes, nodesOfOthers]);
