// The cloud on one machine: npm start, or node local/main.ts --help
import { startCloud } from './cloud/cloud.ts';
import { BLOB_PORT, hasCoreTools, INSTALL_CORE_TOOLS, startCoreTools } from './cloud/core-tools.ts';
import { greeting } from './cloud/greeting.ts';
import { parseOptions, USAGE } from './cloud/options.ts';
import type { CloudOptions } from './cloud/options.ts';
import { sampleGuestFor, sampleListFor } from './cloud/sample-list.ts';
import { endWithNpmScript } from './cloud/part-contract.ts';
import { findBusyPort, portsFrom } from './cloud/ports.ts';

/**
 * Signals this soon after the first say the same once more: npm passes on what the terminal or the process group has
 * sent already.
 */
const SAME_SIGNAL_MS = 1_000;

/** Ends with one line that says why. */
function giveUp(reason: string): never {
  console.error(reason);
  process.exit(1);
}

function readOptions(): CloudOptions {
  try {
    const options = parseOptions(process.argv.slice(2));
    if (options !== 'help') return options;
  } catch (error) {
    giveUp(`${error instanceof Error ? error.message : String(error)} See --help.`);
  }
  process.stdout.write(USAGE);
  process.exit(0);
}

const options = readOptions();
const ports = portsFrom(options.port, options.brokerPort);
if (options.useCoreTools && !hasCoreTools()) giveUp(INSTALL_CORE_TOOLS);
const busy = await findBusyPort(options.useCoreTools ? { ...ports, blobs: BLOB_PORT } : { ...ports });
if (busy !== undefined) {
  giveUp(
    busy.part === 'blobs'
      ? `Port ${busy.port} is in use; Core Tools need it for blobs. Stop what listens there and start again.`
      : `Port ${busy.port} (${busy.part}) is in use. Choose others with --port N; the parts take N to N+3.`,
  );
}

// Until all is up, a signal simply ends this process: every part then ends with it.
let stop = (): Promise<void> => Promise.resolve();
let stopping = false;
function end(): void {
  if (stopping) return;
  stopping = true;
  void stop().finally(() => process.exit(0));
}
let firstSignalAt: number | undefined;
function endOrHurry(): void {
  firstSignalAt ??= performance.now();
  if (performance.now() - firstSignalAt > SAME_SIGNAL_MS) process.exit(1); // A second Ctrl-C does not wait.
  end();
}
process.on('SIGINT', endOrHurry);
process.on('SIGTERM', endOrHurry);
// Whoever lost its parent is in no hurry: the signal that ended the parent has often begun the end here, too.
process.on('disconnect', end);
endWithNpmScript(end);

try {
  if (options.useCoreTools) {
    const run = await startCoreTools(options, ports);
    stop = () => run.stop();
    const code = await run.ended;
    if (!stopping) {
      await run.stop();
      process.exit(code);
    }
  } else {
    const cloud = await startCloud(options, ports);
    stop = () => cloud.stop();
    console.log(greeting(ports, { list: sampleListFor(options), guest: sampleGuestFor(options) }, options.auth));
  }
} catch (error) {
  giveUp(error instanceof Error ? error.message : String(error));
}
