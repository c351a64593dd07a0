import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
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
  { column: 'one header', type: CSV, head: 'user', body: () => ',column' },
  { column: 'blank lines', type: CSV, head: '', body: () => ',,,,,,,\n' },
  {
    column: 'JSON, entries of a megabyte',
    type: JSON_TYPE,
    head: '{"resets":[0',
    body: () => `,[${'0,'.repeat(520_000)}0]`,
    tail: ']}',
  },
  { column: 'JSON, nested', type: JSON_TYPE, head: '{"resets":[', body: () => '[[[[[[[[' },
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
    'Each body has 94 MiB, the limit is 95. The most memory that the receiving process had meanwhile (`VmHWM`), the time from the request to the end of its answer, and the longest that `GET /api/jobs/{id}` of another caller took, asked every 20 ms. Light tables.',
  columns: ['peak memory (MB)', 'time (s)', 'longest wait of others (ms)', 'answer'],
  rows: BODIES.map(({ column }) => ({ name: column, digits: 1 })),
  run: runHostile,
};

async function runHostile(scale: Scale): Promise<Figures> {
  const figures: Record<string, Record<string, number>> = {};
  for (const body of BODIES) figures[body.column] = await measure(body, scale.isQuick ? QUICK_BYTES : BODY_BYTES);
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
    for (let warm = 0; warm < 20; warm++) await look();
    forgetPeak(host.pid);
    const startedAt = performance.now();
    const later = new Date(Date.now() + 24 * 3_600_000).toISOString();
    let isOver = false;
    const submitted = fetch(`${host.api}/jobs?sendInvitationMessage=true&notBefore=${later}${body.query ?? ''}`, {
      method: 'POST',
      headers: { 'content-type': body.type },
      body: Readable.toWeb(Readable.from(pieces(body, bytes))) as ReadableStream<Uint8Array>,
      duplex: 'half',
    } as RequestInit)
      .then(async (response) => {
        let answered = 0;
        for await (const piece of response.body ?? []) answered += piece.length;
        return { status: response.status, answered };
      })
      .catch(() => ({ status: 0, answered: 0 }))
      .finally(() => {
        isOver = true;
      });
    let longest = 0;
    while (!isOver) {
      longest = Math.max(longest, await look());
      await wait(PAUSE_MS);
    }
    const { status } = await submitted;
    console.error(body.column, status, memoryMb(host.pid).peak, longest, performance.now() - startedAt);
    return {
      'peak memory (MB)': memoryMb(host.pid).peak,
      'time (s)': (performance.now() - startedAt) / 1000,
      'longest wait of others (ms)': longest,
      answer: status,
    };
  } finally {
    await stage.stop();
  }
}

/** In blocks of about 64 KB, as the network brings them. */
function* pieces({ head, body, tail = '' }: Body, bytes: number): Generator<Uint8Array> {
  let block = head;
  let sent = 0;
  for (let index = 0; sent + block.length < bytes; index++) {
    block += body(index);
    if (block.length < 64 * 1024) continue;
    yield Buffer.from(block);
    sent += block.length;
    block = '';
  }
  yield Buffer.from(block + tail);
}
