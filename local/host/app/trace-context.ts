import { randomBytes } from 'node:crypto';
import type { TraceContext } from './rpc.ts';

const TRACE_PARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/;

/**
 * The W3C trace context of one invocation: a new span in the caller's trace, or a new trace when the caller sent none
 * or nonsense. The real host starts an activity for every invocation, so the app always finds one.
 */
export function traceContextFrom(traceParent: unknown, traceState: unknown): TraceContext {
  const match = typeof traceParent === 'string' ? TRACE_PARENT.exec(traceParent) : null;
  const traceId = match?.[1] ?? randomBytes(16).toString('hex');
  const flags = match?.[2] ?? '00';
  return {
    traceParent: `00-${traceId}-${randomBytes(8).toString('hex')}-${flags}`,
    traceState: match !== null && typeof traceState === 'string' ? traceState : '',
    attributes: {},
  };
}
