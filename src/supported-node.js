// Plain JavaScript, and run before anything else (--import): a Node that does not read TypeScript reads this.
const least = 24;
const { node: version } = process.versions;

if (Number(version.split('.')[0]) < least) {
  process.stderr.write(
    `Laihu runs on Node ${least} or newer, and this is Node ${version}. Start it with npm (npm start), which uses the Node ${least} in node_modules; where that is missing, run "npm ci" without --omit=optional, or install Node ${least}.\n`,
  );
  process.exit(1);
}
