import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** A .NET TimeSpan such as `00:05:00` or `1.00:00:00`, in milliseconds. */
const timeSpanMs = z.string().transform((text, context) => {
  const match = /^(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})(?:\.\d+)?$/.exec(text);
  if (match === null) {
    context.addIssue(`"${text}" is not a time span like 00:05:00`);
    return z.NEVER;
  }
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
});

const hostFile = z.object({
  extensions: z
    .object({
      http: z.object({ routePrefix: z.string().optional() }).optional(),
      serviceBus: z
        .object({
          maxConcurrentCalls: z.int().positive().optional(),
          maxAutoLockRenewalDuration: timeSpanMs.optional(),
          autoCompleteMessages: z.boolean().optional(),
        })
        .optional(),
    })
    .optional(),
});

/** What this host reads from `host.json`, with the real host's defaults. */
export interface HostJson {
  readonly routePrefix: string;
  readonly serviceBus: {
    readonly maxConcurrentCalls: number;
    readonly maxAutoLockRenewalMs: number;
    readonly autoCompleteMessages: boolean;
  };
}

/** Reads `host.json` of an app; a missing file means defaults. Throws with the reason when it is not valid. */
export function readHostJson(appDir: string): HostJson {
  const file = join(appDir, 'host.json');
  const { extensions } = hostFile.parse(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});
  return {
    routePrefix: extensions?.http?.routePrefix ?? 'api',
    serviceBus: {
      maxConcurrentCalls: extensions?.serviceBus?.maxConcurrentCalls ?? 16 * availableParallelism(),
      maxAutoLockRenewalMs: extensions?.serviceBus?.maxAutoLockRenewalDuration ?? 5 * 60_000,
      autoCompleteMessages: extensions?.serviceBus?.autoCompleteMessages ?? true,
    },
  };
}
