/** `node local/broker/main.ts --port 7074`: the broker as a process of its own. See README.md. */
import { startBroker, type Broker } from './broker.ts';
import { readCommandLine, usage, type CommandLine } from './command-line.ts';
import { control, type ControlAnswer } from './control.ts';

// All is in memory: there is nothing to save, so ending at once is ending cleanly.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0));
process.on('disconnect', () => process.exit(0)); // the parent is gone

const commandLine = parse(process.argv.slice(2));
if (commandLine.help) {
  console.log(usage);
  process.exit(0);
}
const broker = await start(commandLine);
process.on('message', (message) => tellParent(control(broker, message)));
console.log(`broker listening on ${broker.port}`);
tellParent({ kind: 'ready', port: broker.port });

function parse(args: readonly string[]): CommandLine {
  try {
    return readCommandLine(args);
  } catch (error) {
    return fail(`${messageOf(error)}\n${usage}`);
  }
}

async function start({ port, queues }: CommandLine): Promise<Broker> {
  try {
    return await startBroker({ port, queues });
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    return fail(
      isTaken ? `port ${port} is in use: stop what listens there, or choose another one with --port` : messageOf(error),
    );
  }
}

/** Does nothing when there is no parent to tell. */
function tellParent(answer: ControlAnswer): void {
  process.send?.(answer);
}

function fail(reason: string): never {
  console.error(`broker: ${reason}`);
  process.exit(1);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
