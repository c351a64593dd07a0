import { apiUrl } from './environment.ts';
import type { Ports } from './ports.ts';

/**
 * What the launcher prints when all is up: one line for people and programs to wait for, then three to copy, which
 * submit a job, look at it, and get its results. The first one keeps the new job's address in JOB: the answer's
 * Location is that address with `/completion` behind it. (tr, because not every sed knows \r.)
 * @param sampleList the file to submit, from the project's folder
 */
export function greeting(ports: Ports, sampleList: string): string {
  const api = apiUrl(ports);
  return [
    `ready ${api}`,
    `JOB=$(curl -sS -D - -o /dev/null --data-binary @${sampleList} -H 'Content-Type: text/csv' ${api}/jobs | tr ` +
      `-d '\\r' | sed -n 's#^[Ll]ocation: \\(.*\\)/completion$#\\1#p')`,
    `curl -sS "$JOB"`,
    `curl -sS "$JOB/resets?format=csv"`,
  ].join('\n');
}
