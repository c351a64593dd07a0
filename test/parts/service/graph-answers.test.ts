/** What the service makes of every answer of Graph, as the simulated tenant counts it; and the table that tells. */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EXTERNAL_PROOFS } from '../../../shared/domain/guest/external.ts';
import type { ResetRecord } from '../../../shared/domain/reset/reset.ts';
import { GRAPH_ANSWERS, type Expected, type GraphAnswerCase } from '../graph-answers.ts';
import { startService } from '../service-fixture.ts';

interface Shown extends Expected {
  readonly nextStep: string;
}

/** Runs one case to its end on a tenant of its own. */
async function run({ arrange, entry, options, state, guest: special }: GraphAnswerCase): Promise<Shown> {
  const service = await startService();
  try {
    const { graph, deps } = service;
    const guest = special === undefined ? graph.guest(state ?? 'Accepted') : graph.special(special);
    const id = await service.job([{ user: guest.id, ...entry }], { sendInvitationMessage: true, ...options });
    await arrange(service, guest.id);
    await service.drain();
    const [reset] = await service.resets(id);
    const { requests } = (await graph.sim('GET', '/stats')).body as { requests: { invite: number } };
    const stops =
      (await deps.control.read()).gate.stop !== undefined
        ? ('tenant' as const)
        : (await deps.jobs.read(id))?.value.stop !== undefined
          ? ('job' as const)
          : undefined;
    return {
      ...told(reset),
      sent: requests.invite,
      mails: await service.mailsTo(guest.id),
      ...(stops !== undefined && { stops }),
    };
  } finally {
    await service.stop();
  }
}

function told(reset: ResetRecord | undefined): Pick<Shown, 'status' | 'code' | 'nextStep' | 'verification'> {
  if (reset === undefined) throw new Error('the job has no reset');
  const { status, verdict, verification } = reset;
  return {
    status,
    code: verdict?.code ?? '',
    nextStep: verdict?.nextStep ?? '',
    ...(verification !== undefined && { verification }),
  };
}

describe('Graph answers', () => {
  test.each(GRAPH_ANSWERS)('$answer', async (each) => {
    const { nextStep: _words, ...shown } = await run(each);
    expect(shown).toEqual(each.expected);
  });
});

const PAGE = 'docs/graph.md';

/** The page as it is, and as it is with these rows between two of its marks; that is written down where asked for. */
function withTable(name: string, rows: readonly string[]): { readonly page: string; readonly written: string } {
  const [begin, end] = [
    `<!-- ${name}: written by \`npm run docs:graph\`, held by a test -->`,
    `<!-- end of ${name} -->`,
  ];
  const page = readFileSync(PAGE, 'utf8');
  const written = `${page.slice(0, page.indexOf(begin))}${begin}\n${rows.join('\n')}\n${page.slice(page.indexOf(end))}`;
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, written);
  return { page, written };
}

test('the table of proofs in docs/graph.md is the one that the rule runs', () => {
  const { page, written } = withTable('proofs', [
    '| `externalUserState` | and | proves | source |',
    '|---|---|---|---|',
    ...EXTERNAL_PROOFS.map(
      ({ state, shows, proves, source }) =>
        `| ${state === null ? 'empty' : `\`${state}\``} | ${shows} | ${proves} | ${source} |`,
    ),
  ]);
  expect(page).toBe(written);
});

test('the table in docs/graph.md is what a run shows', async () => {
  const rows: string[] = [];
  for (const each of GRAPH_ANSWERS) {
    const { status, code, sent, mails, stops, verification, nextStep } = await run(each);
    const then = [stops === undefined ? '' : `${stops} stops`, verification === undefined ? '' : verification]
      .filter(Boolean)
      .join(', ');
    rows.push(`| ${each.answer} | ${sent} | ${mails} | \`${status}\` | \`${code}\` | ${then} | ${nextStep} |`);
  }
  const { page, written } = withTable('answers', [
    '| Graph answers | invitations sent | mails | status | code | and | the result advises |',
    '|---|---|---|---|---|---|---|',
    ...rows,
  ]);
  expect(page).toBe(written);
}, 60_000);
