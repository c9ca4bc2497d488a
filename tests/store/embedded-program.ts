import { startEmbedded } from '../../src/store/embedded/index.ts';

/** A program that runs the server of a folder until it is killed; prints the URL when it is ready. */
const { url } = await startEmbedded({ dataDir: process.argv[2]!, log: () => {} });
process.stdout.write(`${url}\n`);
setInterval(() => {}, 1000);
