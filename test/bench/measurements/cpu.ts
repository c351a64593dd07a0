import { setTimeout as wait } from 'node:timers/promises';
import { generateTenant } from '../../../local/graph/tenant.ts';
import { plainFunctions, startPlainFunctions, submitPlain } from '../baselines/tools.ts';
import { csvOf, guestReset, readJob, startGuestReset, submit } from '../guest-reset.ts';
import type { Figures, Measurement } from '../measurement.ts';
import { cpuMs } from '../process-usage.ts';
import type { Scale } from '../scale.ts';
import { machineClock } from '../stage-clock.ts';
import { SEED, Stage, type StageHost } from '../stage.ts';

const ours = guestReset.title;
const theirs = plainFunctions.title;
/** Reset before anything is measured, so that both are warm. */
const WARM_UP = 100;
const LOOK_EVERY_MS = 200;

export const cpu: Measurement = {
  name: 'cpu',
  title: 'CPU of the functions host',
  about:
    "User and system time of the host's process, from the submission to the last result, as the kernel counts " +
    'it; real time, no pace, no budgets, no latency. ' +
    `${WARM_UP} guests are reset first and not counted. The part of the local host that receives messages is in ` +
    'both figures.',
  columns: [ours, theirs],
  rows: [
    { name: 'guests' },
    { name: 'CPU per reset', unit: 'ms', digits: 2 },
    { name: 'times less than (c)', unit: '×', digits: 1, target: { column: ours, atLeast: 5 } },
    { name: 'resets per second, if nothing slowed them down', digits: 0 },
  ],
  async run(scale: Scale): Promise<Figures> {
    const guests = scale.size(3_000, 60);
    const own = await measure(guests, (stage) => startGuestReset(stage, { RESETS_PER_SECOND: '10000' }), resetWithOurs);
    const plain = await measure(guests, startPlainFunctions, resetWithPlain);
    return {
      guests: { [ours]: guests, [theirs]: guests },
      'CPU per reset': { [ours]: own.cpuMs / guests, [theirs]: plain.cpuMs / guests },
      'times less than (c)': { [ours]: plain.cpuMs / own.cpuMs },
      'resets per second, if nothing slowed them down': {
        [ours]: guests / own.seconds,
        [theirs]: guests / plain.seconds,
      },
    };
  },
};

type Reset = (stage: Stage, host: StageHost, ids: readonly string[]) => Promise<void>;

async function measure(
  guests: number,
  start: (stage: Stage) => Promise<StageHost>,
  reset: Reset,
): Promise<{ readonly cpuMs: number; readonly seconds: number }> {
  const stage = await Stage.start({
    clock: machineClock(),
    guests: guests + WARM_UP,
    throttle: 'none',
    isCounted: false,
  });
  try {
    const ids = generateTenant({ guests: guests + WARM_UP, seed: SEED }).guests.map(({ id }) => id);
    const host = await start(stage);
    await reset(stage, host, ids.slice(0, WARM_UP));
    const before = { cpu: cpuMs(host.pid), at: performance.now() };
    await reset(stage, host, ids.slice(WARM_UP));
    return { cpuMs: cpuMs(host.pid) - before.cpu, seconds: (performance.now() - before.at) / 1000 };
  } finally {
    await stage.stop();
  }
}

async function resetWithOurs(stage: Stage, host: StageHost, ids: readonly string[]): Promise<void> {
  const before = await invitations(stage);
  const { id } = await submit(stage, host, csvOf(ids));
  // Asking for the status is work of the host that belongs to no reset, so the simulator is asked first.
  while ((await invitations(stage)) < before + ids.length) await wait(LOOK_EVERY_MS);
  while ((await readJob(stage, host, id)).endedAt === undefined) await wait(LOOK_EVERY_MS);
}

const invitations = async (stage: Stage): Promise<number> =>
  (await stage.sim<{ requests: { invite: number } }>('GET', '/stats')).requests.invite;

async function resetWithPlain(stage: Stage, host: StageHost, ids: readonly string[]): Promise<void> {
  await submitPlain(stage, host, ids);
  while ((await stage.messagesLeft()) > 0) await wait(LOOK_EVERY_MS);
}
