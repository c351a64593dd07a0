/** The list of guests that the printed lines submit: it must name guests of the tenant that was built. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SAMPLE_TENANT, sampleGuests } from '../graph/samples.ts';
import { generateTenant, type TenantOptions } from '../graph/tenant.ts';

/** Of the sample tenant, as it is in the repository. */
const COMMITTED = 'samples/guests.csv';
const PROJECT_DIR = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Writes the list where the one in the repository does not fit.
 * @returns its path, from the project's folder
 */
export function sampleListFor({ guests, seed }: TenantOptions): string {
  // A larger tenant begins with the same guests, so no more are made than the sample can need.
  const list = sampleGuests(generateTenant({ guests: Math.min(guests, SAMPLE_TENANT.guests), seed }));
  if (list === sampleGuests(generateTenant(SAMPLE_TENANT))) return COMMITTED;
  const file = `.local/samples/guests-${guests}-seed-${seed}.csv`;
  mkdirSync(dirname(join(PROJECT_DIR, file)), { recursive: true });
  writeFileSync(join(PROJECT_DIR, file), list);
  return file;
}
