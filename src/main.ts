import './supported-node.js';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Reading, stripping and compiling some hundred files is half of a start; the second one finds them compiled. Beside
// the code and not in the common folder for temporary files: who writes there writes what we execute.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/laihu'));
// What the command line lacks is said before the rest is loaded, which takes a second.
await import('./flags.ts');
await import('./program.ts');
