/** Chance. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Random } from '../usecases/ports.ts';

export const systemRandom: Random = { fraction: Math.random, bytes: randomBytes, uuid: randomUUID };
