/** Table clients with our time-outs and retries, and the service's clock. */
import { TableClient, type TableServiceClientOptions } from '@azure/data-tables';
import type { TokenCredential } from '@azure/identity';
import { readRetryAfter } from '../../domain/graph/retry-after.ts';
import { settleDisputes } from './clock-dispute.ts';

/** Where the tables are: a connection string (local), or an endpoint and an identity (Azure). */
export type TablesConnection =
  | { readonly connectionString: string }
  | { readonly endpoint: string; readonly credential: TokenCredential };

export const TABLE_NAMES = ['jobs', 'chunks', 'guests', 'control', 'idempotency', 'audit'] as const;
export type TableName = (typeof TABLE_NAMES)[number];
export type Tables = Readonly<Record<TableName, TableClient>>;

export interface TablesLimits {
  /** One try of one operation. */
  readonly timeoutMs: number;
  /** Before the first repeat; it grows from there. */
  readonly retryDelayMs: number;
}

const LIMITS: TablesLimits = { timeoutMs: 20_000, retryDelayMs: 200 };
/**
 * A longer `Retry-After` is not waited for by the SDK: the operation fails, and whoever asked comes again in its own
 * time.
 */
const MAX_RETRY_AFTER_SECONDS = 5;
/** The date in a slow answer is an old date, and says nothing about our clock. */
const PROMPT_ANSWER_MS = 1_000;

/**
 * One client for each table.
 * @param onServerDate hears the service's clock, in ms, with every answer; whether that contradicts ours
 * @param limits other than the usual ones, for tests of time-outs
 */
export function connectTables(
  connection: TablesConnection,
  onServerDate: (date: number) => boolean,
  limits: TablesLimits = LIMITS,
): Tables {
  const options: TableServiceClientOptions = {
    // The SDK repeats writes by itself, and may meet its own success: see own-write.ts.
    retryOptions: { maxRetries: 3, retryDelayInMs: limits.retryDelayMs, maxRetryDelayInMs: 2_000 },
  };
  const client = (name: TableName, hear: (date: number) => Promise<void>): TableClient => {
    const table =
      'connectionString' in connection
        ? TableClient.fromConnectionString(connection.connectionString, name, {
            ...options,
            allowInsecureConnection: isLoopback(connection.connectionString),
          })
        : new TableClient(connection.endpoint, name, connection.credential, options);
    table.pipeline.addPolicy(
      {
        name: 'timeOutAndClock',
        async sendRequest(request, next) {
          request.timeout = limits.timeoutMs;
          const sentAt = performance.now();
          const response = await next(request);
          const isPrompt = performance.now() - sentAt < PROMPT_ANSWER_MS;
          const date = Date.parse(response.headers.get('date') ?? '');
          forgetLongWaits(response.headers, date);
          if (isPrompt && !Number.isNaN(date)) await hear(date);
          return response;
        },
      },
      { afterPhase: 'Retry' },
    );
    table.pipeline.addPolicy(createWhereMissing(table), { afterPhase: 'Deserialize' });
    return table;
  };
  const hear = settleDisputes({
    contradicts: onServerDate,
    async askDate() {
      let heard: number | undefined;
      const asking = client('control', async (date) => {
        heard = date;
      });
      const abortSignal = AbortSignal.timeout(PROMPT_ANSWER_MS);
      // Any answer has a date; there is no such row.
      await asking.getEntity('', '', { abortSignal }).catch(() => undefined);
      return heard;
    },
  });
  return {
    jobs: client('jobs', hear),
    chunks: client('chunks', hear),
    guests: client('guests', hear),
    control: client('control', hear),
    idempotency: client('idempotency', hear),
    audit: client('audit', hear),
  };
}

interface AnswerHeaders {
  get(name: string): string | undefined;
  delete(name: string): void;
}

/** The SDK understands these too, in ms. */
const WAITS_IN_MS = ['retry-after-ms', 'x-ms-retry-after-ms'];

function forgetLongWaits(headers: AnswerHeaders, date: number): void {
  const asked = headers.get('retry-after');
  if (asked !== undefined && readRetryAfter(asked, date).seconds > MAX_RETRY_AFTER_SECONDS)
    headers.delete('retry-after');
  for (const name of WAITS_IN_MS) if (Number(headers.get(name)) > MAX_RETRY_AFTER_SECONDS * 1000) headers.delete(name);
}

/** Plain HTTP is for a table service on this machine only. */
function isLoopback(connectionString: string): boolean {
  return (
    /TableEndpoint=http:\/\/(127\.0\.0\.1|localhost)[:/]/i.test(connectionString) ||
    /UseDevelopmentStorage=true/i.test(connectionString)
  );
}

/**
 * Deployments make the tables beforehand, so a start does not ask for them. Where one is missing nothing was done: it
 * is made, and the request is sent again.
 */
function createWhereMissing(table: TableClient): Parameters<TableClient['pipeline']['addPolicy']>[0] {
  return {
    name: 'createWhereMissing',
    async sendRequest(request, next) {
      const response = await next(request);
      // A transaction is answered with 202, and what became of it is in the body.
      const isMissing =
        (response.status === 404 || response.status === 202) && response.bodyAsText?.includes('TableNotFound') === true;
      if (!isMissing) return response;
      await table.createTable();
      return next(request);
    },
  };
}
