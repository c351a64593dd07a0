/** All measurements, in the order of the page. */
import type { Measurement } from './measurement.ts';
import { consolePage } from './measurements/console.ts';
import { cpu } from './measurements/cpu.ts';
import { faults } from './measurements/faults.ts';
import { hostile } from './measurements/hostile.ts';
import { load } from './measurements/load.ts';
import { priority } from './measurements/priority.ts';
import { rate } from './measurements/rate.ts';
import { status } from './measurements/status.ts';
import { submission } from './measurements/submit.ts';

export const MEASUREMENTS: readonly Measurement[] = [
  rate,
  faults,
  submission,
  hostile,
  status,
  priority,
  cpu,
  load,
  consolePage,
];
