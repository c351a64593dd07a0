// The functions host as a process: node local/host/main.ts --app-dir DIR --port N [--on-demand-timers] [--grace-seconds
// N]
import { parseArgs } from 'node:util';
import { announceReady, endOnSignal, endWithParent, exitNotStarted, parsePort } from '../cloud/part-contract.ts';
import { startHost } from './host.ts';
import { createLog } from './log.ts';

/** How long invocations may still run after SIGTERM. */
const GRACE_SECONDS = '30';

const { values } = parseArgs({
  options: {
    'app-dir': { type: 'string', default: '.' },
    port: { type: 'string', default: '0' },
    'on-demand-timers': { type: 'boolean', default: false },
    'grace-seconds': { type: 'string', default: GRACE_SECONDS },
  },
});

const log = createLog(process.env['LOCAL_LOG'] === 'verbose' ? 'trace' : 'warning', (line) =>
  process.stdout.write(line),
);
const port = parsePort(values.port, '--port');
const graceSeconds = Number(values['grace-seconds']);
if (!(graceSeconds >= 0))
  throw new Error(`--grace-seconds must be a number of at least 0, not "${values['grace-seconds']}".`);
endWithParent();
try {
  const host = await startHost({ appDir: values['app-dir'], port, followSchedules: !values['on-demand-timers'], log });
  endOnSignal(async () => {
    const left = await host.stop(graceSeconds * 1000);
    if (left > 0) log('warning', 'host', `Ended although ${left} invocations still ran after ${graceSeconds} s.`);
  });
  announceReady(host.port);
  log('information', 'host', `listening on http://127.0.0.1:${host.port}`);
} catch (error) {
  exitNotStarted('functions host', port, error);
}
