/**
 * What the service counts and measures of itself. Names and units follow the conventions of OpenTelemetry ("General
 * metric semantic conventions", "HTTP metrics"); docs/telemetry.md has the same table for people.
 */

export interface Metric {
  readonly name: string;
  readonly kind: 'counter' | 'histogram';
  /** UCUM: `s` for seconds, braces for what is counted. */
  readonly unit: string;
  readonly description: string;
  /** Names of its attributes; each has few values, all of them ours or Graph's. */
  readonly attributes: readonly string[];
  /** Upper bounds of a histogram's buckets. */
  readonly boundaries?: readonly number[];
}

/** From what nobody notices to what a person calls late. */
const WAITS = [0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900, 3_600];
/** Graph answers a batch in a tenth of a second or in many; its time-out is a minute. */
const CALLS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60];

const table = <Name extends string>(metrics: Readonly<Record<Name, Metric>>): Readonly<Record<Name, Metric>> => metrics;

export const METRICS = table({
  resets: {
    name: 'guest_reset.resets',
    kind: 'counter',
    unit: '{reset}',
    description: 'Resets that have ended',
    attributes: ['guest_reset.outcome', 'guest_reset.code', 'guest_reset.lane'],
  },
  attempts: {
    name: 'guest_reset.attempts',
    kind: 'counter',
    unit: '{request}',
    description: 'Invitations sent to Graph, whatever came of them except "wait"',
    attributes: ['guest_reset.lane'],
  },
  inDoubt: {
    name: 'guest_reset.in_doubt',
    kind: 'counter',
    unit: '{reset}',
    description: 'Resets whose answer was lost, or proved nothing',
    attributes: ['guest_reset.lane'],
  },
  throttled: {
    name: 'guest_reset.throttled',
    kind: 'counter',
    unit: '{request}',
    description: 'Requests for which Graph asked to wait',
    attributes: [],
  },
  throttleDuration: {
    name: 'guest_reset.throttle.duration',
    kind: 'histogram',
    unit: 's',
    description: 'How long Graph asked to wait, each time',
    attributes: [],
    boundaries: WAITS,
  },
  laneLatency: {
    name: 'guest_reset.lane.latency',
    kind: 'histogram',
    unit: 's',
    description: 'From when a wake was due to when its chunk was visited',
    attributes: ['guest_reset.lane'],
    boundaries: WAITS,
  },
  paceLag: {
    name: 'guest_reset.pace.lag',
    kind: 'histogram',
    unit: 's',
    description: 'From the slot that was planned to when the invitations were sent',
    attributes: ['guest_reset.lane'],
    boundaries: WAITS,
  },
  graphDuration: {
    name: 'http.client.request.duration',
    kind: 'histogram',
    unit: 's',
    description: 'One POST to Graph, which carries up to 20 requests',
    attributes: [
      'http.request.method',
      'server.address',
      'http.response.status_code',
      'error.type',
      'guest_reset.kind',
    ],
    boundaries: CALLS,
  },
});

export type MetricName = keyof typeof METRICS;
