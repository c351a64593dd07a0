/** The program within this process, against a server that answers as the script says. */
import { COMMANDS } from '../../../cli/commands.ts';
import type { Terminal } from '../../../cli/terminal.ts';
import { runProgram } from '../../../cli/program.ts';
import { says } from '../client/scripted-server.ts';
import { plainTerminal } from './plain-terminal.ts';

export const ID = '7ybqdffre2e3cn711e2wpgw0np';
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** What the API says of itself where nobody signs in: every command asks for it first. */
export const described = says(200, {
  components: {
    securitySchemes: {
      entra: {
        flows: {
          clientCredentials: {
            tokenUrl: 'https://login.microsoftonline.com/11111111-1111-4111-8111-111111111111/oauth2/v2.0/token',
            scopes: { [`api://${NOBODY}/.default`]: '' },
          },
        },
      },
    },
  },
});

const COUNTS = { pending: 0, sending: 0, succeeded: 0, failed: 0, skipped: 0, unknown: 0, canceled: 0 };

/** A job as the API shows it. */
export const jobOf = ({ counts = {}, ...more }: { readonly counts?: object; readonly [member: string]: unknown }) => ({
  id: ID,
  status: 'inProgress',
  options: {
    sendInvitationMessage: true,
    skipIfResetWithinHours: 24,
    onlyIf: 'any',
    addEmailTo: 'mail',
    inviteRedirectUrl: 'https://myapps.microsoft.com',
  },
  total: 30,
  done: 0,
  counts: { ...COUNTS, ...counts },
  summary: { mailed: 0, emailsAdded: 0 },
  byCode: {},
  byWarning: {},
  createdAt: '2026-01-01T00:00:00Z',
  submittedBy: { id: 'ada' },
  ...more,
});

export interface Told {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function runAgainst(url: string, args: readonly string[], more: Partial<Terminal> = {}): Promise<Told> {
  const told = { out: '', err: '' };
  const { env, ...rest } = more;
  const code = await runProgram(COMMANDS, args, {
    ...plainTerminal(told, { GUEST_RESET_URL: url, ...env }),
    ...rest,
  });
  return { code, ...told };
}
