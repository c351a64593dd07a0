/** Writes the files in `samples/` again: `node scripts/samples.ts`, with Node 24. */
import { writeFileSync } from 'node:fs';
import { sampleFiles } from '../local/graph/samples.ts';

for (const [name, content] of Object.entries(sampleFiles())) {
  writeFileSync(new URL(`../samples/${name}`, import.meta.url), content);
  console.log(`wrote samples/${name}`);
}
