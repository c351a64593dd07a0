/** Spans as plain data, until what exports them is loaded. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { traceparentOf, type Ancestry, type SpanContext } from '../../domain/traceparent.ts';

/** Numbers, and ids or codes: nothing that names a person. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** A name without a dot is one of our own. Source: OpenTelemetry, "Naming". */
export const qualified = (attributes: Attributes): Record<string, string | number | boolean> =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name.includes('.') ? name : `guest_reset.${name}`, value]),
  );

/** What has ended. Times are milliseconds since the epoch, with fractions. */
export interface Span {
  readonly name: string;
  /** `client` for a request to somebody else. */
  readonly kind: 'internal' | 'client';
  readonly context: SpanContext;
  readonly parent?: SpanContext;
  readonly links: readonly SpanContext[];
  readonly startedAt: number;
  readonly endedAt: number;
  readonly attributes: Attributes;
  readonly failed: boolean;
}

interface Current {
  readonly context: SpanContext;
  readonly attributes: Record<string, string | number | boolean>;
  readonly links: SpanContext[];
  failed: boolean;
}

const current = new AsyncLocalStorage<Current>();

/** The span in which this is called, for messages; undefined outside of every span. */
export function currentTraceparent(): string | undefined {
  const span = current.getStore();
  return span && traceparentOf(span.context);
}

/** Adds to the span in which this is called. */
export function note(attributes: Attributes): void {
  const span = current.getStore();
  if (span !== undefined) Object.assign(span.attributes, qualified(attributes));
}

/** Links the span in which this is called with another trace. */
export function linkTo(other: SpanContext | undefined): void {
  const span = current.getStore();
  if (span !== undefined && other !== undefined && other.traceId !== span.context.traceId) span.links.push(other);
}

/** The span in which this is called has failed, though nothing was thrown. */
export function noteFailure(): void {
  const span = current.getStore();
  if (span !== undefined) span.failed = true;
}

/** A clock that does not jump while a span runs. */
const now = (): number => performance.timeOrigin + performance.now();

export interface NewSpan extends Pick<Span, 'name' | 'kind'> {
  readonly attributes: Attributes;
  /** Default: below the span in which this is called. */
  readonly ancestry?: Ancestry;
}

/** Runs `work` in a span of its own, which is handed over when that has ended, whichever way. */
export async function inSpan<T>(
  { name, kind, attributes, ancestry }: NewSpan,
  handOver: (span: Span) => void,
  work: () => T | Promise<T>,
): Promise<T> {
  const outer = current.getStore()?.context;
  const { parent, link } = ancestry ?? (outer === undefined ? {} : { parent: outer });
  const span: Current = {
    context: { traceId: parent?.traceId ?? randomId(16), spanId: randomId(8) },
    attributes: qualified(attributes),
    links: link === undefined ? [] : [link],
    failed: false,
  };
  const startedAt = now();
  try {
    return await current.run(span, work);
  } catch (error) {
    span.failed = true;
    throw error;
  } finally {
    handOver({ name, kind, ...span, ...(parent !== undefined && { parent }), startedAt, endedAt: now() });
  }
}

const randomId = (bytes: number): string => randomBytes(bytes).toString('hex');
