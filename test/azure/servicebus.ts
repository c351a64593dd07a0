/**
 * The .NET client of Service Bus, of which the real Functions host's trigger is made, against the local broker. Builds
 * `test/azure/servicebus/` and runs its scenarios, each with a broker of its own. `node test/azure/servicebus.ts lock`
 * runs those with "lock" in their names. Where there is no `dotnet`, it says so and passes.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { startBroker, type Broker } from '../../local/broker/broker.ts';
import { readHostJson } from '../../local/host/host-json.ts';
import { hasDotnet } from './bicep.ts';

const here = import.meta.dirname;
const artifacts = join(here, '.tools/servicebus'); // git-ignored

const queueOptions = z.strictObject({
  lockMs: z.number().exactOptional(),
  maxDeliveryCount: z.number().exactOptional(),
  duplicateWindowMs: z.number().exactOptional(),
  timeToLiveMs: z.number().exactOptional(),
  deadLetterExpired: z.boolean().exactOptional(),
});

// telemetry off, and no process of the compiler that waits for more work
const environment = {
  ...process.env,
  DOTNET_CLI_TELEMETRY_OPTOUT: '1',
  DOTNET_NOLOGO: '1',
  MSBUILDDISABLENODEREUSE: '1',
};

if (!hasDotnet()) {
  console.log('Skipped: the .NET client of Service Bus runs on dotnet, and there is none.');
} else {
  build();
  process.exitCode = await runScenarios(process.argv.slice(2));
}

function build(): void {
  const args = ['build', join(here, 'servicebus/client.csproj'), '--artifacts-path', artifacts, '--verbosity', 'quiet'];
  const options = { env: environment, encoding: 'utf8' } as const;
  const { status, stdout } = spawnSync('dotnet', [...args, '-p:UseSharedCompilation=false'], options);
  if (status === 0) return;
  console.error(stdout);
  process.exit(1);
}

async function runScenarios(names: readonly string[]): Promise<number> {
  const control = await startControl();
  const program = `${artifacts}/bin/client/debug/client.dll`;
  const child = spawn('dotnet', [program, control.url, ...names], { stdio: 'inherit', env: environment });
  const [code] = await once(child, 'exit');
  await control.close();
  return typeof code === 'number' ? code : 1;
}

/** What the scenarios ask for: a broker with the queue `q`, what is in it, and a cut of its connections. */
async function startControl() {
  const brokers = new Map<number, Broker>();
  const { serviceBus: host } = readHostJson(join(here, '../..'));
  let lastId = 0;
  const answerTo = async (request: IncomingMessage): Promise<unknown> => {
    const [, , id = '', action = ''] = (request.url ?? '').split('/');
    if (id === '') {
      const broker = await startBroker({ queues: { q: queueOptions.parse(await json(request)) } });
      brokers.set(++lastId, broker);
      return { id: lastId, connectionString: broker.connectionString, host };
    }
    const broker = brokers.get(Number(id));
    if (!broker) throw new Error(`There is no broker ${id}.`);
    if (action === 'drop') return { connections: broker.dropConnections() };
    if (request.method !== 'DELETE') return broker.queue('q');
    brokers.delete(Number(id));
    await broker.close();
    return {};
  };
  const server = createServer((request, response) => {
    answerTo(request).then(
      (body) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body)),
      (error: unknown) => response.writeHead(400).end(String(error)),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, // a TCP server's address, never a pipe's name
    async close() {
      server.close();
      server.closeAllConnections();
      for (const broker of brokers.values()) await broker.close();
    },
  };
}
