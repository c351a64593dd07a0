/** Runs the simulator as a process: `node local/graph/main.ts --port 7072 --guests 1000 --seed 1`. */
import { parseArgs } from 'node:util';
import { startGraphSimulator, type SimulatorOptions } from './simulator.ts';

const USAGE =
  'usage: node local/graph/main.ts [--port 7072] [--guests 1000] [--seed 1] [--throttle documented|none] ' +
  '[--speed 1] [--lag 1000-5000] [--batch-dependencies documented|any]';

function readOptions(): SimulatorOptions {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '7072' },
      guests: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      'batch-dependencies': { type: 'string', default: 'documented' },
      throttle: { type: 'string', default: 'none' },
      speed: { type: 'string', default: '1' },
      lag: { type: 'string', default: '0-0' },
    },
  });
  const batchDependencies = values['batch-dependencies'];
  if (batchDependencies !== 'documented' && batchDependencies !== 'any')
    throw new Error('--batch-dependencies must be documented or any.');
  const { throttle } = values;
  if (throttle !== 'documented' && throttle !== 'none') throw new Error('--throttle must be documented or none.');
  const [, minMs, maxMs] = /^(\d{1,7})-(\d{1,7})$/.exec(values.lag) ?? [];
  if (minMs === undefined || maxMs === undefined || Number(minMs) > Number(maxMs))
    throw new Error('--lag must be two numbers of milliseconds, such as 1000-5000.');
  if (wholeNumber('speed', values.speed) === 0) throw new Error('--speed must be at least 1.');
  return {
    throttle,
    speed: wholeNumber('speed', values.speed),
    lag: { minMs: Number(minMs), maxMs: Number(maxMs) },
    port: wholeNumber('port', values.port),
    guests: wholeNumber('guests', values.guests),
    seed: wholeNumber('seed', values.seed),
    batchDependencies,
  };
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} must be a whole number, not "${text}".`);
  return Number(text);
}

/** One line and exit code 1. */
function giveUp(reason: string): never {
  console.error(`graph: ${reason}`);
  process.exit(1);
}

function options(): SimulatorOptions {
  try {
    return readOptions();
  } catch (error) {
    return giveUp(`${error instanceof Error ? error.message : String(error)} ${USAGE}`);
  }
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0));
// The parent is gone: nobody is left to stop this process.
process.on('disconnect', () => process.exit(0));

const chosen = options();
try {
  const simulator = await startGraphSimulator(chosen);
  console.log(`graph listening on ${simulator.port}`);
  process.send?.({ kind: 'ready', port: simulator.port });
} catch (error) {
  const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  giveUp(busy ? `port ${chosen.port} is in use. Choose another with --port, or 0 for any free one.` : String(error));
}
