/** How long calls take, in milliseconds of the service's clock. */
import * as z from 'zod';
import type { Random } from './random.ts';

/** Evenly between two, or log-normal by its median and its 95th percentile, which is how real services look. */
export const latencySchema = z.union([
  z
    .strictObject({ minMs: z.number().min(0), maxMs: z.number().min(0) })
    .refine(({ minMs, maxMs }) => minMs <= maxMs, 'minMs is above maxMs'),
  z
    .strictObject({ medianMs: z.number().positive(), p95Ms: z.number().positive() })
    .refine(({ medianMs, p95Ms }) => medianMs <= p95Ms, 'medianMs is above p95Ms'),
]);
export type Latency = z.infer<typeof latencySchema>;

export const NO_LATENCY: Latency = { minMs: 0, maxMs: 0 };

/** The 95th percentile of the normal distribution. */
const Z95 = 1.6449;

export function drawLatencyMs(latency: Latency, random: Random): number {
  if ('minMs' in latency) return latency.minMs + random.fraction() * (latency.maxMs - latency.minMs);
  const sigma = Math.log(latency.p95Ms / latency.medianMs) / Z95;
  return latency.medianMs * Math.exp(sigma * standardNormal(random));
}

/** Box and Muller's method. */
const standardNormal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.fraction())) * Math.cos(2 * Math.PI * random.fraction());
