/** What an attempt may still write when it took longer than its quiet time, and another one has begun meanwhile. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Chunk } from '../../../shared/domain/chunk/chunk.ts';
import type { ResetRecord } from '../../../shared/domain/reset/reset.ts';
import type { Versioned } from '../../../shared/usecases/ports.ts';
import { recordOutcomes } from '../../../shared/usecases/wake/record-outcomes.ts';
import { job } from '../../unit/domain/records.ts';
import { startService, type Service } from '../service-fixture.ts';

let service: Service;
beforeEach(async () => {
  service = await startService({ guests: 4 });
});
afterEach(async () => service.stop());

const read = async (id: Chunk['jobId']): Promise<Versioned<Chunk>> => {
  const found = await service.deps.chunks.read(id, 0);
  if (found === undefined) throw new Error('The chunk is gone.');
  return found;
};

/** A chunk that an attempt has claimed: its worker died before anything was answered. */
async function claimed(): Promise<Versioned<Chunk>> {
  const id = await service.job(
    [0, 1].map((index) => ({ user: service.graph.guest('Accepted', index).id })),
    { sendInvitationMessage: true },
  );
  const dying = { ...service.deps.invitations, send: async (): Promise<never> => Promise.reject(new Error('died')) };
  await expect(service.step({ ...service.deps, invitations: dying })).rejects.toThrow('died');
  return read(id);
}

const failed = (record: ResetRecord): ResetRecord => ({ ...record, attempts: record.attempts + 7 });
const late = async (sending: Versioned<Chunk>): Promise<Chunk> =>
  recordOutcomes(
    service.deps,
    job(),
    sending,
    new Map(sending.value.resets.map(({ request }) => [request.row, failed])),
  );

test('nothing of a reset that a newer attempt is sending', async () => {
  const sending = await claimed();
  const { version, value } = sending;
  const resets = value.resets.map((each) => ({
    ...each,
    ...(each.sent && { sent: { ...each.sent, attemptId: 'newer' } }),
  }));
  const newer = { ...value, attemptId: 'newer', resets };
  await service.deps.chunks.replace(newer, version);
  await late(sending);
  expect((await read(value.jobId)).value).toEqual(newer);
});

test('its own resets, and the row stays with the newer attempt that is on its way with others', async () => {
  const sending = await claimed();
  const { version, value } = sending;
  const [own, other] = value.resets;
  if (own === undefined || other?.sent === undefined) throw new Error('Two resets were to be sent.');
  const newer = {
    ...value,
    attemptId: 'newer',
    quietUntil: service.now() + 60_000,
    resets: [own, { ...other, sent: { ...other.sent, attemptId: 'newer' } }],
  };
  await service.deps.chunks.replace(newer, version);
  await late(sending);
  expect((await read(value.jobId)).value).toEqual({ ...newer, resets: [failed(own), newer.resets[1]] });
});
