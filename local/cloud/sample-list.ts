/** The guests that the printed lines name: they must be of the tenant that was built. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loneGuest, SAMPLE_TENANT, sampleGuests } from '../graph/samples.ts';
import { generateTenant, type TenantOptions } from '../graph/tenant.ts';

/** Of the sample tenant, as it is in the repository. */
const COMMITTED = 'samples/guests.csv';
const PROJECT_DIR = fileURLToPath(new URL('../../', import.meta.url));

// A larger tenant begins with the same guests, so no more are made than the sample can need.
const beginningOf = ({ guests, seed }: TenantOptions) =>
  generateTenant({ guests: Math.min(guests, SAMPLE_TENANT.guests), seed });

/** One guest to begin with, by address; undefined where the tenant has none. */
export const sampleGuestFor = (options: TenantOptions): string | undefined => loneGuest(beginningOf(options));

/**
 * Writes the list where the one in the repository does not fit.
 * @returns its path, from the project's folder
 */
export function sampleListFor(options: TenantOptions): string {
  const { guests, seed } = options;
  const list = sampleGuests(beginningOf(options));
  if (list === sampleGuests(generateTenant(SAMPLE_TENANT))) return COMMITTED;
  const file = `.local/samples/guests-${guests}-seed-${seed}.csv`;
  mkdirSync(dirname(join(PROJECT_DIR, file)), { recursive: true });
  writeFileSync(join(PROJECT_DIR, file), list);
  return file;
}
