/**
 * Baseline (c): the plain Functions pattern. A message for each guest, a call for each message, the client's own
 * retries, a table row for each result. What fails after that throws, so that Service Bus delivers it again.
 */
import { app } from '@azure/functions';
import { TableClient } from '@azure/data-tables';
import { ServiceBusClient, type ServiceBusSender } from '@azure/service-bus';
import { parse } from 'csv-parse/sync';
import { connectGraph, invitationFor, lookUpPath, type Guest } from './graph.ts';

const RESULTS_TABLE = 'results';
const QUEUE = 'resets-bulk';

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly it: T } | undefined;
  return () => (made ??= { it: make() }).it;
};
const graph = once(() => connectGraph({ retries: true }));
const sender = once(() =>
  new ServiceBusClient(process.env['ServiceBusConnection'] ?? '').createSender(process.env['SUBMIT_QUEUE'] ?? QUEUE),
);
const results = once(async () => {
  const table = TableClient.fromConnectionString(process.env['TableStorage'] ?? '', RESULTS_TABLE, {
    allowInsecureConnection: true,
  });
  await table.createTable();
  return table;
});

/** `?send=batched` fills batches; otherwise each message is a send of its own. */
app.http('submit', {
  methods: ['POST'],
  authLevel: 'anonymous',
  handler: async (request) => {
    const rows = parse(await request.text(), { columns: true, skip_empty_lines: true }) as unknown as {
      readonly id: string;
    }[];
    await (request.query.get('send') === 'batched' ? sendBatched(sender(), rows) : sendEach(sender(), rows));
    return { status: 202, jsonBody: { total: rows.length } };
  },
});

app.serviceBusQueue('processGuest', {
  connection: 'ServiceBusConnection',
  queueName: QUEUE,
  handler: async (message) => {
    const { id } = message as { readonly id: string };
    const guest = (await graph().api(lookUpPath(id)).get()) as Guest;
    const invitation = (await graph().api('/invitations').post(invitationFor(guest))) as {
      readonly inviteRedeemUrl: string;
    };
    await (
      await results()
    ).upsertEntity({
      partitionKey: 'results',
      rowKey: id,
      status: 'done',
      inviteRedeemUrl: invitation.inviteRedeemUrl,
    });
  },
});

async function sendEach(to: ServiceBusSender, rows: readonly object[]): Promise<void> {
  for (const body of rows) await to.sendMessages({ body });
}

async function sendBatched(to: ServiceBusSender, rows: readonly object[]): Promise<void> {
  let batch = await to.createMessageBatch();
  for (const body of rows) {
    if (batch.tryAddMessage({ body })) continue;
    await to.sendMessages(batch);
    batch = await to.createMessageBatch();
    batch.tryAddMessage({ body });
  }
  await to.sendMessages(batch);
}
