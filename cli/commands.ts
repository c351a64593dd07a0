/** Every command of the program, in the order in which `--help` lists them. */
import type { Command } from './command.ts';
import { doctor } from './doctor/command.ts';

export const COMMANDS: readonly Command[] = [doctor];
