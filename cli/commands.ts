/** Every command of the program, in the order in which `--help` lists them. */
import type { Command } from './command.ts';
import { reset } from './jobs/commands/reset.ts';
import { results } from './jobs/commands/results.ts';
import { status } from './jobs/commands/status.ts';
import { submit } from './jobs/commands/submit.ts';
import { doctor } from './doctor/command.ts';
import { setupApp } from './setup/commands/app.ts';
import { setup } from './setup/commands/both.ts';
import { setupCheck } from './setup/commands/check.ts';
import { setupGrant } from './setup/commands/grant.ts';
import { setupIdentity } from './setup/commands/identity.ts';
import { setupRemove } from './setup/commands/remove.ts';
import { setupRevoke } from './setup/commands/revoke.ts';

export const COMMANDS: readonly Command[] = [
  submit,
  reset,
  status,
  results,
  setup,
  setupApp,
  setupIdentity,
  setupGrant,
  setupRevoke,
  setupCheck,
  setupRemove,
  doctor,
];
