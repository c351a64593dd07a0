const RANK = { trace: 0, debug: 1, information: 2, warning: 3, error: 4, critical: 5, none: 6 } as const;

export type LogLevel = keyof typeof RANK;

/** Writes one log line. `source` is a function's name, or `host` for the host itself. */
export type Log = (level: LogLevel, source: string, message: string) => void;

/**
 * A log that writes `[time] level source: message`, always on one line.
 * Lines below `least` are dropped: warnings and errors are what a developer must see.
 */
export function createLog(least: LogLevel, write: (line: string) => void): Log {
  return (level, source, message) => {
    if (RANK[level] < RANK[least]) return;
    write(`[${new Date().toISOString()}] ${level} ${source}: ${message.trimEnd().replaceAll(/\r?\n\s*/g, ' | ')}\n`);
  };
}

/** The stack of an error where there is one, else whatever was thrown, as text. */
export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
