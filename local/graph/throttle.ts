/** The one place where a budget refuses a request. None is simulated yet; faults answer 429 where a test wants it. */
import type { OperationKind } from './request.ts';

/** Decides about one request, inner requests of a batch included. A refusal says how long to wait, in seconds. */
export type Throttle = (kind: OperationKind, now: Date) => { readonly retryAfterSeconds: number } | undefined;

export const noThrottle: Throttle = () => undefined;
