/** All measurements, in the order of the page. */
import type { Measurement } from './measurement.ts';
import { faults } from './measurements/faults.ts';
import { rate } from './measurements/rate.ts';

export const MEASUREMENTS: readonly Measurement[] = [rate, faults];
