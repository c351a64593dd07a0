import { apiUrl } from './environment.ts';
import type { Ports } from './ports.ts';

/**
 * What the launcher prints when all is up: one line for people and programs to wait for, then three to copy.
 * The first keeps the new job's address in JOB: the answer's Location is that address with `/completion` behind it.
 */
export function greeting(ports: Ports): string {
  const api = apiUrl(ports);
  return [
    `ready ${api}`,
    `  submit   JOB=$(curl -sS -D - -o /dev/null --data-binary @samples/guests.csv -H 'Content-Type: text/csv' ${api}/jobs | sed -n 's/\\r$//; s#^[Ll]ocation: \\(.*\\)/completion$#\\1#p')`,
    `  watch    curl -sS "$JOB"`,
    `  results  curl -sS "$JOB/resets?format=csv"`,
  ].join('\n');
}
