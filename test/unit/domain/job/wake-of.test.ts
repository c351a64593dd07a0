import { expect, test } from 'vitest';
import { parseWake } from '../../../../shared/domain/chunk/wake.ts';
import { TRACED_CHUNKS, wakeOf } from '../../../../shared/domain/job/wake-of.ts';
import { job, jobId, NOW } from '../records.ts';

const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

test('the wakes of the first chunks are in the trace of the submission, and those of later ones in none', () => {
  const traces = [0, TRACED_CHUNKS - 1, TRACED_CHUNKS, 9_999].map((chunk) => wakeOf(job({ traceparent }), chunk, 1));
  expect(traces.map((wake) => wake.traceparent)).toEqual([traceparent, traceparent, undefined, undefined]);
  expect(wakeOf(job(), 3, 2)).toEqual({ version: 1, jobId: jobId(), chunk: 3, wake: 2 });
});

test('a wake is read with its trace and its time; nonsense there, or what is not known, is no reason to refuse it', () => {
  const wake = { ...wakeOf(job({ traceparent }), 0, 1), at: NOW };
  expect(parseWake(wake)).toEqual(wake);
  expect(parseWake({ ...wake, traceparent: 'anna@fabrikam.example', at: 'soon', later: 7 })).toEqual(
    wakeOf(job(), 0, 1),
  );
});
