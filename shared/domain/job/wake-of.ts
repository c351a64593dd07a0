/** The message for a chunk of a job, and in whose trace its work is shown. Pure. */
import type { Wake } from '../chunk/wake.ts';
import type { Job } from './job.ts';

/**
 * So many chunks of a job are shown in the trace of its submission. Each makes about twenty rows (the host's, ours, one
 * for each call of Graph, log lines; a second look a minute later), and the end-to-end view of Application Insights
 * shows no more than 10,000 of a trace. A thousand rows can still be read. Every later chunk has a trace of its own,
 * linked with the submission's.
 */
export const TRACED_CHUNKS = 50;

export const wakeOf = ({ id, traceparent }: Pick<Job, 'id' | 'traceparent'>, chunk: number, wake: number): Wake => ({
  version: 1,
  jobId: id,
  chunk,
  wake,
  ...(traceparent !== undefined && chunk < TRACED_CHUNKS && { traceparent }),
});
