/** A collector of OpenTelemetry for tests: takes OTLP as JSON over HTTP, and keeps all that it got. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  /** 1 internal, 3 client. */
  readonly kind: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly links: readonly { readonly traceId: string }[];
  /** 2: failed. */
  readonly status: number;
}

export interface CollectedPoint {
  readonly metric: string;
  readonly unit: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Of a counter its value, of a histogram how often it was measured. */
  readonly count: number;
  /** Of a histogram the sum of what was measured. */
  readonly sum?: number;
}

export interface Collector {
  readonly url: string;
  spans(): readonly CollectedSpan[];
  /** The last point of each stream: values are cumulative. */
  points(): readonly CollectedPoint[];
  /** Everything that was received, as it came. */
  received(): string;
  close(): Promise<void>;
}

interface Pair {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}
interface OtlpSpan extends Omit<CollectedSpan, 'attributes' | 'status' | 'links'> {
  readonly attributes: readonly Pair[];
  readonly links?: readonly { readonly traceId: string }[];
  readonly status?: { readonly code?: number };
}
interface OtlpPoint {
  readonly attributes?: readonly Pair[];
  readonly asInt?: string | number;
  readonly asDouble?: number;
  readonly count?: string | number;
  readonly sum?: number;
}
interface OtlpMetric {
  readonly name: string;
  readonly unit: string;
  readonly sum?: { readonly dataPoints: readonly OtlpPoint[] };
  readonly histogram?: { readonly dataPoints: readonly OtlpPoint[] };
}
interface OtlpBody {
  readonly resourceSpans?: readonly { readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[] }[];
  readonly resourceMetrics?: readonly {
    readonly scopeMetrics: readonly { readonly metrics: readonly OtlpMetric[] }[];
  }[];
}

export async function startCollector(): Promise<Collector> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      bodies.push(await text(request));
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // A TCP server that listens has one.
  const parsed = (): OtlpBody[] => bodies.map((body) => JSON.parse(body) as OtlpBody);
  return {
    url: `http://127.0.0.1:${port}`,
    received: () => bodies.join('\n'),
    spans: () =>
      parsed()
        .flatMap(({ resourceSpans = [] }) => resourceSpans.flatMap(({ scopeSpans }) => scopeSpans))
        .flatMap(({ spans }) => spans)
        .map(({ attributes, links = [], status, ...span }) => ({
          ...span,
          attributes: plain(attributes),
          links,
          status: status?.code ?? 0,
        })),
    points: () => {
      const streams = new Map<string, CollectedPoint>();
      for (const { name, unit, sum, histogram } of parsed()
        .flatMap(({ resourceMetrics = [] }) => resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics))
        .flatMap(({ metrics }) => metrics))
        for (const point of [...(sum?.dataPoints ?? []), ...(histogram?.dataPoints ?? [])]) {
          const attributes = plain(point.attributes ?? []);
          streams.set(`${name} ${JSON.stringify(attributes)}`, {
            metric: name,
            unit,
            attributes,
            count: Number(point.asInt ?? point.asDouble ?? point.count),
            ...(point.sum !== undefined && { sum: point.sum }),
          });
        }
      return [...streams.values()];
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const plain = (pairs: readonly Pair[]): Record<string, unknown> =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, Object.values(value)[0]]));
