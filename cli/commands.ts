/** Every command of the program, in the order in which `--help` lists them. */
import type { Command } from './command.ts';
import { doctor } from './doctor/command.ts';
import { setupApp } from './setup/commands/app.ts';
import { setup } from './setup/commands/both.ts';
import { setupCheck } from './setup/commands/check.ts';
import { setupGrant } from './setup/commands/grant.ts';
import { setupIdentity } from './setup/commands/identity.ts';
import { setupRemove } from './setup/commands/remove.ts';
import { setupRevoke } from './setup/commands/revoke.ts';

export const COMMANDS: readonly Command[] = [
  setup,
  setupApp,
  setupIdentity,
  setupGrant,
  setupRevoke,
  setupCheck,
  setupRemove,
  doctor,
];
