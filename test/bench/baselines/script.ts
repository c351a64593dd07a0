/** Runs baseline (a) or (b) as a process: `node script.ts NAME GUESTS.json REPORT.json`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { batches } from './batches.ts';
import { oneAfterAnother } from './one-after-another.ts';

const SCRIPTS = { oneAfterAnother, batches };

const [name = '', guestsFile = '', reportFile = ''] = process.argv.slice(2);
if (!(name in SCRIPTS)) throw new Error(`There is no script ${name}; there are ${Object.keys(SCRIPTS).join(', ')}.`);
const ids = JSON.parse(readFileSync(guestsFile, 'utf8')) as string[]; // Written by the run that starts this.
process.send?.({ kind: 'ready', port: 0 });
const startedAt = performance.now();
const said = await SCRIPTS[name as keyof typeof SCRIPTS](ids);
writeFileSync(reportFile, JSON.stringify({ seconds: (performance.now() - startedAt) / 1000, said: [...said] }));
process.exit(0);
