/** `tenant`: whether anything is sent at all. */
import type { Answer } from '../../../client/answer.ts';
import type { Gate } from '../../../client/types.ts';
import { command, type Command, type ExitCode, type Terminal } from '../../command.ts';
import { PROGRAM } from '../../program.ts';
import { connected, CONNECTION_OPTIONS, CONNECTION_USAGE, type ConnectionValues } from '../connection.ts';
import { fail } from '../failure.ts';
import { withoutUnsaid } from '../options.ts';
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
    const { client } = await connected(values, terminal);
    return tellGate(await client.pauseTenant(withoutUnsaid({ reason: values.reason })), values, terminal) && 0;
  },
});

export const tenantResume: Command = command({
  name: 'tenant resume',
  summary: 'lifts the stop of the whole tenant; after a refusal once one guest was tried',
  usage: `Lifts the stop that is shown. Where another stood behind it, that one is shown then: exit code 4.

  ${PROGRAM} tenant resume

${CONNECTION_USAGE}`,
  options: CONNECTION_OPTIONS,
  run: async (values, _words, terminal) => {
    const { client } = await connected(values, terminal);
    return tellGate(await client.resumeTenant(), values, terminal);
  },
});

function tellGate(answer: Answer<Gate>, values: ConnectionValues, terminal: Terminal): ExitCode {
  if (answer.kind !== 'answered') return fail(answer, values, terminal);
  if (values.json === true) terminal.out(JSON.stringify(answer.value));
  else showGate(answer.value, terminal);
  return answer.value.status === 'paused' ? 4 : 0;
}

function showGate({ status, code, message, nextStep }: Gate, terminal: Terminal): void {
  terminal.out(`Sending for the tenant: ${status}${code === undefined ? '' : ` (${code})`}`);
  for (const line of [message, nextStep]) if (line !== undefined) terminal.out(`  ${inOurWords(line)}`);
}
