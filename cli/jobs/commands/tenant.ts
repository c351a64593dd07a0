/** `tenant`: whether anything is sent at all. */
import type { Gate } from '../../../client/types.ts';
import { command, type Command, type ExitCode } from '../../command.ts';
import type { Terminal } from '../../terminal.ts';
import { PROGRAM } from '../../program.ts';
import { connected, CONNECTION_OPTIONS, CONNECTION_USAGE, type ConnectionValues } from '../connection.ts';
import { effectOf } from '../effect.ts';
import { fail, type Beside } from '../failure.ts';
import { lineOf } from '../line.ts';
import { STOP_OPTIONS, stopOf, withoutUnsaid } from '../options.ts';
import { inOurWords } from '../words.ts';

export const tenant: Command = command({
  name: 'tenant',
  summary: 'tells whether the service can work, and whether sending is stopped for the whole tenant',
  usage: `Tells what the service depends on, and whether anything is sent. Exit code 4 where nothing is.

  ${PROGRAM} tenant

${CONNECTION_USAGE}`,
  options: CONNECTION_OPTIONS,
  run: async (values, _words, terminal) => {
    const { client } = await connected(values, terminal);
    // What the diagnostics say may be a minute old, and a stop is looked for at once.
    const gate = await client.tenant();
    if (gate.kind !== 'answered') return fail(gate, values, terminal);
    const answer = await client.diagnostics();
    if (answer.kind !== 'answered') return fail(answer, values, terminal);
    const { status, checks, checkedAt } = answer.value;
    if (values.json === true) terminal.out(JSON.stringify({ ...answer.value, tenant: gate.value }));
    else {
      showGate(gate.value, terminal);
      terminal.out(`Checked at ${checkedAt}:`);
      for (const { name, ok, problem, note } of checks.filter((check) => check.name !== 'gate'))
        terminal.out(`  ${ok ? 'ok   ' : 'WRONG'}  ${inOurWords([name, problem ?? note].filter(Boolean).join(': '))}`);
    }
    if (gate.value.status !== 'running') return 4;
    return status === 'unhealthy' ? 1 : 0;
  },
});

export const tenantPause: Command = command({
  name: 'tenant pause',
  summary: 'stops sending for the whole tenant',
  usage: `Stops sending for every job, until "tenant resume". Nothing is lost.

  ${PROGRAM} tenant pause --reason "mail system down"

  --reason TEXT        shown with every job
${CONNECTION_USAGE}`,
  options: { reason: { type: 'string' }, ...CONNECTION_OPTIONS },
  run: async (values, _words, terminal) => {
    const connection = await connected(values, terminal);
    const pausing = () => connection.client.pauseTenant(withoutUnsaid({ reason: values.reason }));
    const gate = await effectOf(connection, pausing, values, terminal, unknown(values));
    const code = tellGate(gate, values, terminal);
    return typeof gate === 'number' ? code : 0;
  },
});

export const tenantResume: Command = command({
  name: 'tenant resume',
  summary: 'lifts the stop of the whole tenant; after a refusal once one guest was tried',
  usage: `Lifts the stop that is shown, and no other that comes meanwhile. Where another stood behind it, that
one is shown then: exit code 4.

  ${PROGRAM} tenant resume

  --stop CODE          only where this stop is shown, such as tenantBlocked
${CONNECTION_USAGE}`,
  options: { ...STOP_OPTIONS, ...CONNECTION_OPTIONS },
  run: async (values, _words, terminal) => {
    const named = stopOf(values.stop);
    const connection = await connected(values, terminal);
    const seen = await connection.client.tenant();
    if (seen.kind !== 'answered') return fail(seen, values, terminal);
    const resuming = () => connection.client.resumeTenant(named ?? seen.value.code);
    return tellGate(await effectOf(connection, resuming, values, terminal, unknown(values)), values, terminal);
  },
});

const unknown = (values: ConnectionValues): Beside => ({
  lines: [`Whether it was done is not known. To look: ${lineOf('tenant', values)}`],
  json: {},
});

function tellGate(gate: Gate | ExitCode, values: ConnectionValues, terminal: Terminal): ExitCode {
  if (typeof gate === 'number') return gate;
  if (values.json === true) terminal.out(JSON.stringify(gate));
  else showGate(gate, terminal);
  return gate.status === 'paused' ? 4 : 0;
}

function showGate({ status, code, message, nextStep }: Gate, terminal: Terminal): void {
  terminal.out(`Sending for the tenant: ${status}${code === undefined ? '' : ` (${code})`}`);
  for (const line of [message, nextStep]) if (line !== undefined) terminal.out(`  ${inOurWords(line)}`);
}
