/**
 * What is told of the app, kept until the exporters are loaded: that takes long, so no invocation waits for it. It must
 * never fail or delay what it tells of: what cannot be kept or sent is dropped.
 */
import type { Measure } from '../../usecases/ports.ts';
import type { Span } from './span.ts';

/** Where everything goes in the end. */
export interface Exporting {
  span(span: Span): void;
  measure: Measure;
  /** Sends what it has, and ends. */
  shutdown(): Promise<void>;
}

export interface Telemetry {
  /** Whether anybody wants to know; asked at first use. */
  isOn(): boolean;
  readonly span: (span: Span) => void;
  readonly measure: Measure;
  /** After each invocation: the first one has the exporters loaded, a moment later. */
  invocationEnded(): void;
  /** Sends what there is, for as long as the app may take to end. */
  end(): Promise<void>;
}

export interface LateOptions {
  readonly isWanted: () => boolean;
  readonly load: () => Promise<Exporting>;
  /** From the end of the first invocation: by then its answer is out, and the burst of a start is over. */
  readonly loadAfterMs?: number;
  /** The host grants an app that ends some seconds for everything. */
  readonly endWithinMs?: number;
}

/** Spans and measurements that wait for the exporters: as many as one second of work makes, several times over. */
const MAX_WAITING = 5_000;

export function lateTelemetry({ isWanted, load, loadAfterMs = 1_000, endWithinMs = 2_000 }: LateOptions): Telemetry {
  let wanted: boolean | undefined;
  let waiting: ((to: Exporting) => void)[] = [];
  let loading: Promise<Exporting | undefined> | undefined;
  let exporting: Exporting | undefined;
  let timer: NodeJS.Timeout | undefined;

  const isOn = (): boolean => (wanted ??= isWanted());
  const tell = (what: (to: Exporting) => void): void => {
    if (!isOn()) return;
    if (exporting !== undefined) quietly(() => exporting && what(exporting));
    else if (waiting.length < MAX_WAITING) waiting.push(what);
  };
  const start = (): Promise<Exporting | undefined> =>
    (loading ??= load().then(
      (loaded) => {
        exporting = loaded;
        for (const what of waiting.splice(0)) quietly(() => what(loaded));
        return loaded;
      },
      () => {
        // Such as a connection string that is none: health says that settings are wrong, not this.
        wanted = false;
        waiting = [];
        return undefined;
      },
    ));
  return {
    isOn,
    span: (span) => tell((to) => to.span(span)),
    measure: (...measured) => tell((to) => to.measure(...measured)),
    invocationEnded() {
      if (isOn()) timer ??= setTimeout(() => void start(), loadAfterMs).unref();
    },
    async end() {
      clearTimeout(timer);
      if (!isOn()) return;
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const limit = setTimeout(resolve, endWithinMs);
      await Promise.race([start().then((loaded) => loaded?.shutdown()), late]).catch(() => undefined);
      clearTimeout(limit);
    },
  };
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // Nobody but an operator could mend it, and nothing of the service depends on it.
  }
}
