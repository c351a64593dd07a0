/**
 * Where in which trace something happens, and how that travels. Source: W3C Trace Context, version 00. Pure.
 */

export interface SpanContext {
  /** 32 digits, hexadecimal in lower case, not all zero; so is `spanId` with 16. */
  readonly traceId: string;
  readonly spanId: string;
}

const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}$/;

/** @returns undefined for anything else: whoever sends nonsense begins no trace */
export function parseTraceparent(text: unknown): SpanContext | undefined {
  const [, traceId, spanId] = (typeof text === 'string' && TRACEPARENT.exec(text)) || [];
  return traceId === undefined || spanId === undefined ? undefined : { traceId, spanId };
}

/**
 * Always with the flag "recorded": the app records all of its spans. Without it the host would drop, of an invocation
 * that continues the trace, the log lines too, and alerts ask for those.
 */
export const traceparentOf = ({ traceId, spanId }: SpanContext): string => `00-${traceId}-${spanId}-01`;

/** What a new span is below, and what it is only linked with. */
export interface Ancestry {
  readonly parent?: SpanContext;
  readonly link?: SpanContext;
}

/**
 * The span of an invocation that a message may have caused. Where the host has continued the message's trace, its own
 * span comes first: it lies between. Where it has begun another, which some hosts do, the message wins, so that one
 * trace tells of the whole job; the host's own row is found by the link.
 * @param host as the host told it for this invocation
 * @param message as the message carried it
 */
export function ancestryOf(host: SpanContext | undefined, message: SpanContext | undefined): Ancestry {
  if (message === undefined || message.traceId === host?.traceId) return host === undefined ? {} : { parent: host };
  return { parent: message, ...(host !== undefined && { link: host }) };
}
