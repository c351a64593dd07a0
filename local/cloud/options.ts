import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';
import { parseStore, type TableStore } from '../tables/store.ts';

export const USAGE = `Runs guest-reset with a local cloud: Graph simulator, tables, broker and functions host.

  npm start -- [options]

  --port N           port of the API; the parts take the next three      (default 7071)
  --guests N         guests in the simulated tenant                      (default 1000)
  --seed N           another seed makes another tenant                   (default 1)
  --hosts N          functions hosts that share the work                 (default 1)
  --lock-seconds N   how long the broker locks a message                 (the broker's default)
  --store NAME       what holds the tables: azurite or light             (default: azurite)
  --broker-port N    port of the broker                                  (default: port + 3)
  --auth on          callers need a token, as on Azure; off: everybody is one developer  (default: off)
  --state FILE       keep the addresses and process ids in this JSON file
  --app-dir DIR      the app to run                                      (default: this project)
  --func             run Azure Functions Core Tools ("func") in place of the local host
  --help             this text

Settings come from local.settings.json, or from local.settings.sample.json while there is none.
A variable of the environment wins over both. LOCAL_LOG=verbose shows all that the functions log.
`;

export interface CloudOptions {
  readonly port: number;
  readonly brokerPort: number | undefined;
  readonly guests: number;
  readonly seed: number;
  readonly hosts: number;
  readonly lockSeconds: number | undefined;
  readonly store: TableStore;
  readonly stateFile: string | undefined;
  readonly appDir: string;
  readonly useCoreTools: boolean;
  /** Callers sign in, as on Azure. */
  readonly auth: boolean;
}

/** The project's own folder. */
const PROJECT_DIR = fileURLToPath(new URL('../../', import.meta.url));
/** Leaves room for the three ports that follow. */
const MOST_PORT = 65_532;

/** Reads the launcher's command line; `help` when it was asked for. Throws with the option that is wrong. */
export function parseOptions(args: readonly string[]): CloudOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '7071' },
      store: { type: 'string', default: 'azurite' },
      'broker-port': { type: 'string' },
      guests: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      hosts: { type: 'string', default: '1' },
      'lock-seconds': { type: 'string' },
      state: { type: 'string' },
      'app-dir': { type: 'string', default: PROJECT_DIR },
      func: { type: 'boolean', default: false },
      auth: { type: 'string', default: 'off' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const { auth } = values;
  if (auth !== 'on' && auth !== 'off') throw new Error(`--auth must be on or off, not "${auth}".`);
  if (auth === 'on' && values.func)
    throw new Error('--auth on needs the local host: with --func there is nothing in front of the app.');
  const brokerPort = values['broker-port'];
  const lockSeconds = values['lock-seconds'];
  return {
    port: integer('--port', values.port, 1, MOST_PORT),
    brokerPort: brokerPort === undefined ? undefined : integer('--broker-port', brokerPort, 1, MOST_PORT),
    guests: integer('--guests', values.guests, 0, 1_000_000),
    seed: integer('--seed', values.seed, 0, 2 ** 31 - 1),
    hosts: integer('--hosts', values.hosts, 1, 16),
    lockSeconds: lockSeconds === undefined ? undefined : integer('--lock-seconds', lockSeconds, 1, 300),
    store: parseStore(values.store),
    stateFile: values.state === undefined ? undefined : resolve(values.state),
    appDir: resolve(values['app-dir']),
    useCoreTools: values.func,
    auth: auth === 'on',
  };
}

function integer(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new Error(`${option} must be a whole number from ${least} to ${most}, not "${text}".`);
  }
  return value;
}
