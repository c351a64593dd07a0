/**
 * The SDK of OpenTelemetry and its exporters, which are loaded late: spans that have ended go to a batch processor,
 * measurements to instruments. What cannot be sent is dropped; nothing is kept on disk.
 */
import { SpanKind, SpanStatusCode, TraceFlags, type Meter } from '@opentelemetry/api';
import { AzureMonitorMetricExporter, AzureMonitorTraceExporter } from '@azure/monitor-opentelemetry-exporter';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes, type Resource } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader, type PushMetricExporter } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, type ReadableSpan, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { METRICS, type MetricName } from '../../domain/metrics.ts';
import type { SpanContext } from '../../domain/traceparent.ts';
import { azureMonitorOptions, type IdentityOf } from './azure-monitor.ts';
import type { Exporting } from './late-telemetry.ts';
import { qualified, type Attributes, type Span } from './span.ts';

type Environment = Record<string, string | undefined>;

interface Destination {
  readonly spans: SpanExporter;
  readonly metrics: PushMetricExporter;
}

/** As the SDK's own default, and as long as a minute of a workbook's chart. */
const METRICS_EVERY_MS = 60_000;
const SCOPE = { name: 'guest-reset' };

/** To wherever the environment says; the exporters read the rest of their `OTEL_EXPORTER_…` settings themselves. */
export function startExporting(env: Environment, identityOf: IdentityOf): Exporting {
  const resource = resourceOf(env);
  const destinations = destinationsOf(env, identityOf);
  const processors = destinations.map(({ spans }) => new BatchSpanProcessor(spans));
  const exportIntervalMillis = Number(env['OTEL_METRIC_EXPORT_INTERVAL'] ?? METRICS_EVERY_MS) || METRICS_EVERY_MS;
  const meters = new MeterProvider({
    resource,
    readers: destinations.map(
      ({ metrics }) =>
        new PeriodicExportingMetricReader({
          exporter: metrics,
          exportIntervalMillis,
          exportTimeoutMillis: Math.min(exportIntervalMillis, 30_000),
        }),
    ),
  });
  const instruments = instrumentsOf(meters.getMeter(SCOPE.name));
  return {
    span(span) {
      const readable = readableSpan(span, resource);
      for (const processor of processors) processor.onEnd(readable);
    },
    measure: (metric, value, attributes = {}) => instruments[metric](value, qualified(attributes)),
    async shutdown() {
      await Promise.allSettled([...processors.map((processor) => processor.shutdown()), meters.shutdown()]);
    },
  };
}

function destinationsOf(env: Environment, identityOf: IdentityOf): readonly Destination[] {
  const azure = azureMonitorOptions(env, identityOf);
  const isOtlp = (env['OTEL_EXPORTER_OTLP_ENDPOINT']?.trim() ?? '') !== '';
  return [
    ...(azure === undefined
      ? []
      : [{ spans: new AzureMonitorTraceExporter(azure), metrics: new AzureMonitorMetricExporter(azure) }]),
    ...(isOtlp ? [{ spans: new OTLPTraceExporter(), metrics: new OTLPMetricExporter() }] : []),
  ];
}

/** As the host calls itself, so that both are one role. Source: OpenTelemetry semantic conventions, "Service". */
function resourceOf(env: Environment): Resource {
  const instance = env['WEBSITE_INSTANCE_ID'];
  return resourceFromAttributes({
    'service.name': env['WEBSITE_SITE_NAME'] ?? 'guest-reset',
    ...(instance !== undefined && { 'service.instance.id': instance }),
  });
}

function instrumentsOf(meter: Meter): Record<MetricName, (value: number, attributes: Attributes) => void> {
  const made = Object.entries(METRICS).map(([metric, { name, kind, unit, description, boundaries }]) => {
    if (kind === 'counter') {
      const counter = meter.createCounter(name, { unit, description });
      return [metric, (value: number, attributes: Attributes) => counter.add(value, attributes)];
    }
    const advice = boundaries === undefined ? {} : { advice: { explicitBucketBoundaries: [...boundaries] } };
    const histogram = meter.createHistogram(name, { unit, description, ...advice });
    return [metric, (value: number, attributes: Attributes) => histogram.record(value, attributes)];
  });
  // One for each name, which is what the table is made of.
  return Object.fromEntries(made) as ReturnType<typeof instrumentsOf>;
}

/** A span that has ended, in the shape that exporters take. */
function readableSpan(span: Span, resource: Resource): ReadableSpan {
  return {
    name: span.name,
    kind: span.kind === 'client' ? SpanKind.CLIENT : SpanKind.INTERNAL,
    spanContext: () => sdkContext(span.context),
    ...(span.parent !== undefined && { parentSpanContext: sdkContext(span.parent) }),
    startTime: hrTime(span.startedAt),
    endTime: hrTime(span.endedAt),
    duration: hrTime(span.endedAt - span.startedAt),
    status: { code: span.failed ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
    attributes: { ...span.attributes },
    links: span.links.map((link) => ({ context: sdkContext(link) })),
    events: [],
    ended: true,
    resource,
    instrumentationScope: SCOPE,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

const sdkContext = (context: SpanContext): ReturnType<ReadableSpan['spanContext']> => ({
  ...context,
  traceFlags: TraceFlags.SAMPLED,
});

/** Seconds, and the nanoseconds that are left. */
function hrTime(milliseconds: number): [number, number] {
  const seconds = Math.floor(milliseconds / 1000);
  return [seconds, Math.min(999_999_999, Math.round((milliseconds - seconds * 1000) * 1e6))];
}
