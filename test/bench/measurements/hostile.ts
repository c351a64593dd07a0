import { Readable } from 'node:stream';
import { setImmediate as othersTurn, setTimeout as wait } from 'node:timers/promises';
import { COLUMNS_MAX } from '../../../shared/domain/submission/lengths.ts';
import { startGuestReset } from '../guest-reset.ts';
import type { Figures, Measurement } from '../measurement.ts';
import { forgetPeak, memoryMb } from '../process-usage.ts';
import type { Scale } from '../scale.ts';
import { machineClock } from '../stage-clock.ts';
import { Stage } from '../stage.ts';

const MEGABYTE = 1024 * 1024;
/** Under the limit of 95 MiB. */
const BODY_BYTES = 94 * MEGABYTE;
const QUICK_BYTES = 2 * MEGABYTE;
/** Beside the one that names the guest; as many as there may be. */
const COLUMNS = COLUMNS_MAX - 1;
/** Between two requests of another caller. */
const PAUSE_MS = 20;
const IDLE_MS = 5_000;

const PEAK = 'peak memory (MB)';
const SECONDS = 'time (s)';
const IDLE = 'longest wait before it (ms)';
const LONGEST = 'longest wait meanwhile (ms)';

/** A body by its beginning, what is repeated as long as there is room, and its end. */
interface Body {
  readonly column: string;
  readonly type: string;
  readonly query?: string;
  readonly head: string;
  readonly body: (index: number) => string;
  readonly tail?: string;
}

const wide = (cells: number): string => ','.repeat(cells);
const CSV = 'text/csv';
const JSON_TYPE = 'application/json';
const BODIES: readonly Body[] = [
  {
    column: 'bad rows of 500 cells, given back',
    type: CSV,
    query: '&format=csv',
    head: `user${wide(COLUMNS)}\n`,
    body: () => `bad${wide(COLUMNS)}\n`,
  },
  {
    column: 'bad rows of 2 cells, given back',
    type: CSV,
    query: '&format=csv',
    head: 'user,note\n',
    body: (index) => `bad${index},${'x'.repeat(500)}\n`,
  },
  {
    column: 'good rows of 500 cells',
    type: CSV,
    head: `user${wide(COLUMNS)}\n`,
    body: (index) => `g${index}@partner.example${wide(COLUMNS)}\n`,
  },
  { column: 'one quoted cell', type: CSV, head: 'user\n"', body: () => 'x'.repeat(1_000) },
  { column: 'one header', type: CSV, head: 'user', body: () => ',column'.repeat(1_000) },
  { column: 'blank lines', type: CSV, head: '', body: () => ',,,,,,,\n'.repeat(1_000) },
  {
    column: 'JSON, entries of a megabyte',
    type: JSON_TYPE,
    head: '{"resets":[0',
    body: () => `,[${'0,'.repeat(520_000)}0]`,
    tail: ']}',
  },
  { column: 'JSON, nested', type: JSON_TYPE, head: '{"resets":[', body: () => '['.repeat(10_000) },
  { column: 'NDJSON, one line', type: 'application/x-ndjson', head: '{"user":"', body: () => 'x'.repeat(1_000) },
  {
    column: 'NDJSON, lines of a megabyte',
    type: 'application/x-ndjson',
    head: '',
    body: () => `{"user":"a","x":[${'0,'.repeat(520_000)}0]}\n`,
  },
];

export const hostile: Measurement = {
  name: 'hostile',
  title: 'Submissions that were made to do harm',
  about:
    'Each body has 94 MiB, the limit is 95. The most memory that the receiving process had meanwhile (`VmHWM`), ' +
    'the time from the request to the end of its answer, and the longest that `GET /api/jobs/{id}` of another ' +
    'caller took, asked every 20 ms: for five seconds before, and meanwhile. Light tables.',
  columns: [PEAK, SECONDS, IDLE, LONGEST, 'answer'],
  rows: BODIES.map(({ column }) => ({ name: column })),
  run: runHostile,
};

async function runHostile(scale: Scale): Promise<Figures> {
  const figures: Record<string, Record<string, number>> = {};
  for (const body of scale.some(BODIES))
    figures[body.column] = await measure(body, scale.isQuick ? QUICK_BYTES : BODY_BYTES);
  return figures;
}

async function measure(body: Body, bytes: number): Promise<Record<string, number>> {
  const stage = await Stage.start({
    clock: machineClock(),
    guests: 0,
    throttle: 'none',
    isCounted: false,
    store: 'light',
  });
  try {
    const host = await startGuestReset(stage);
    const look = async (): Promise<number> => {
      const startedAt = performance.now();
      // A connection may be closed while nobody has time for it: that is a wait, too.
      await stage.call(`${host.api}/jobs/7ybr1z9vj7e0mzpqmbtznnz118`).catch(() => undefined);
      return performance.now() - startedAt;
    };
    const idle = await longestOf(look, wait(IDLE_MS));
    forgetPeak(host.pid);
    const startedAt = performance.now();
    const submitted = send(host.api, body, bytes);
    const longest = await longestOf(look, submitted);
    return {
      [PEAK]: memoryMb(host.pid).peak,
      [SECONDS]: (performance.now() - startedAt) / 1000,
      [IDLE]: idle,
      [LONGEST]: longest,
      answer: await submitted,
    };
  } finally {
    await stage.stop();
  }
}

/** Looks again and again until the work has ended. @returns milliseconds */
async function longestOf(look: () => Promise<number>, work: Promise<unknown>): Promise<number> {
  let longest = 0;
  for (let isOver = false; !isOver;) {
    longest = Math.max(longest, await look());
    isOver = await Promise.race([work.then(() => true), wait(PAUSE_MS, false)]);
  }
  return longest;
}

/** @returns the status of the answer, which is read to its end; 0 where the connection ended before */
async function send(api: string, body: Body, bytes: number): Promise<number> {
  const later = new Date(Date.now() + 24 * 3_600_000).toISOString();
  try {
    const response = await fetch(`${api}/jobs?sendInvitationMessage=true&notBefore=${later}${body.query ?? ''}`, {
      method: 'POST',
      headers: { 'content-type': body.type },
      body: Readable.toWeb(Readable.from(pieces(body, bytes))) as ReadableStream<Uint8Array>,
      duplex: 'half',
    } as RequestInit);
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}

/** In blocks of about 64 KB, as the network brings them; between two of them this process looks at the answers. */
async function* pieces({ head, body, tail = '' }: Body, bytes: number): AsyncGenerator<Uint8Array> {
  let block = head;
  let sent = 0;
  for (let index = 0; sent + block.length < bytes; index++) {
    block += body(index);
    if (block.length < 64 * 1024) continue;
    yield Buffer.from(block);
    await othersTurn();
    sent += block.length;
    block = '';
  }
  yield Buffer.from(block + tail);
}
