/** Every command of the program, in the order in which `--help` lists them. */
import type { Command } from './command.ts';
import { doctor } from './doctor/command.ts';
import { cancel, pause, resume } from './jobs/commands/change.ts';
import { check } from './jobs/commands/check.ts';
import { deleteJob } from './jobs/commands/delete.ts';
import { erase, look } from './jobs/commands/guest.ts';
import { audit, guest, jobs } from './jobs/commands/lists.ts';
import { reset } from './jobs/commands/reset.ts';
import { results } from './jobs/commands/results.ts';
import { retry } from './jobs/commands/retry.ts';
import { status } from './jobs/commands/status.ts';
import { submit } from './jobs/commands/submit.ts';
import { whoami } from './jobs/commands/whoami.ts';
import { tenant, tenantPause, tenantResume } from './jobs/commands/tenant.ts';
import { setupApp } from './setup/commands/app.ts';
import { setup } from './setup/commands/both.ts';
import { setupCheck } from './setup/commands/check.ts';
import { setupGrant } from './setup/commands/grant.ts';
import { setupIdentity } from './setup/commands/identity.ts';
import { setupRemove } from './setup/commands/remove.ts';
import { setupRevoke } from './setup/commands/revoke.ts';

/** What people do with jobs. */
const OF_JOBS: readonly Command[] = [
  submit,
  reset,
  status,
  results,
  pause,
  resume,
  cancel,
  retry,
  check,
  deleteJob,
  jobs,
];
const OF_GUESTS: readonly Command[] = [look, guest, erase];
const OF_TENANT: readonly Command[] = [audit, tenant, tenantPause, tenantResume, whoami];
/** What sets a tenant and a deployment up. */
const OF_SETUP: readonly Command[] = [setup, setupApp, setupIdentity, setupGrant, setupRevoke, setupCheck, setupRemove];

export const COMMANDS: readonly Command[] = [...OF_JOBS, ...OF_GUESTS, ...OF_TENANT, ...OF_SETUP, doctor];
