import { parseArgs } from 'node:util';
import { defaultQueueNames, type BrokerOptions } from './broker.ts';
import { defaultQueueOptions } from './namespace.ts';

const REMEMBERED_SECONDS = defaultQueueOptions.duplicateWindowMs / 1000;

export const usage = `Usage: node local/broker/main.ts [options]
  --port N          port on 127.0.0.1; 0 takes any free one (default 7074)
  --lock-seconds N  how long a received message stays locked (default 60, at most 300)
  --duplicate-seconds N  how long a message id is remembered; 0 never (default ${REMEMBERED_SECONDS})
  --queues a,b,c    names of the queues (default ${defaultQueueNames.join(',')})
  --help            this text`;

const longestLockSeconds = 300; // Service Bus: 5 minutes

export interface CommandLine {
  readonly help: boolean;
  readonly port: number;
  readonly queues: NonNullable<BrokerOptions['queues']>;
}

/** Reads the arguments. Throws an error that says in one line which of them cannot be used. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '7074' },
      'lock-seconds': { type: 'string', default: String(defaultQueueOptions.lockMs / 1000) },
      'duplicate-seconds': { type: 'string', default: String(defaultQueueOptions.duplicateWindowMs / 1000) },
      queues: { type: 'string', default: defaultQueueNames.join(',') },
      help: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port ${values.port} is not a port number`);
  const lockSeconds = Number(values['lock-seconds']);
  if (!(lockSeconds > 0 && lockSeconds <= longestLockSeconds)) {
    throw new Error(`--lock-seconds ${values['lock-seconds']} is not a number above 0 and up to ${longestLockSeconds}`);
  }
  const duplicateSeconds = Number(values['duplicate-seconds']);
  if (!(duplicateSeconds >= 0))
    throw new Error(`--duplicate-seconds ${values['duplicate-seconds']} is not a number of at least 0`);
  const names = values.queues
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) throw new Error('--queues names no queue');
  return {
    help: values.help,
    port,
    queues: Object.fromEntries(
      names.map((name) => [name, { lockMs: lockSeconds * 1000, duplicateWindowMs: duplicateSeconds * 1000 }]),
    ),
  };
}
