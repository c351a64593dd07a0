/** What whoever has signed in gets: how each part of the service is, and whether a submission would be taken. */
import { jsonObject, type Answer, type Ask, type Silence } from './ask.ts';
import { findingsOf, type Finding } from './finding.ts';

const { right, wrong, notYet, note, unchecked } = findingsOf('signedIn');

/**
 * A rehearsal for nobody: it goes the whole way of a submission (token, role, body, options), and is refused at the end
 * because it names no guest. So nothing is created.
 */
const REHEARSAL = { method: 'POST', path: '/api/jobs?dryRun=true', body: '{"resets":[]}', code: 'noResets' } as const;
const GRANT = 'npm run -s guest-reset -- setup grant YOUR_SIGN_IN_NAME Submit';

/** A token for the app, or why there is none. */
export type TokenForApp = { readonly token: string } | { readonly reason: string };

export async function askSignedIn(ask: Ask, origin: string, got: TokenForApp): Promise<Finding[]> {
  if ('reason' in got) {
    const help = /AADSTS50105/.test(got.reason)
      ? GRANT
      : /AADSTS65001|AADSTS650057/.test(got.reason)
        ? 'npm run -s guest-reset -- setup app'
        : 'Sign in with "az login"; if you may not call the app: ' + GRANT;
    return [unchecked('noToken', 'calls with a token', `There is no token for the app: ${got.reason}`, help)];
  }
  const headers = { Authorization: `Bearer ${got.token}` };
  const diagnostics = ofDiagnostics(await ask(`${origin}/api/diagnostics`, { headers }));
  const rehearsal = ofRehearsal(
    await ask(`${origin}${REHEARSAL.path}`, {
      method: REHEARSAL.method,
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: REHEARSAL.body,
    }),
  );
  return [...diagnostics, rehearsal];
}

function ofDiagnostics(answer: Answer | Silence): Finding[] {
  const about = '/api/diagnostics';
  const refusal = refusalOf(about, answer);
  if (refusal !== undefined) return [refusal];
  const checks = answer.kind === 'answered' ? jsonObject(answer.text)?.['checks'] : undefined;
  if (!Array.isArray(checks))
    return [wrong('notDiagnosed', about, 'It does not list what was checked.', 'Deploy this clone: azd deploy')];
  return (checks as Check[]).flatMap(ofCheck);
}

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly problem?: string;
  readonly note?: string;
}

function ofCheck({ name, ok, problem = 'It is not as it must be.', note: more }: Check): Finding[] {
  const about = `check ${name}`;
  if (!ok) return [notYet('checkFailed', about, problem, TO_DO[name] ?? 'See docs/operations.md, then: azd provision')];
  return [more === undefined ? right('checkPassed', about, 'It works.') : note('checkNoted', about, more)];
}

/** By the name of a check of the service. What is wrong in it stands in its problem. */
const TO_DO: Readonly<Record<string, string>> = {
  configuration: 'Correct the setting that is named, in the parameters of infra/; then: azd provision',
  tables: 'The role on the storage account may not hold yet (--wait); if it stays so: azd provision',
  serviceBus: 'The roles on the queues may not hold yet (--wait); if it stays so: azd provision',
  graph: 'npm run -s guest-reset -- setup identity; a permission that is new may take a day to hold',
  roles: 'npm run -s guest-reset -- setup identity; a permission that is new may take a day to hold',
  gate: 'When the reason is mended: POST /api/resume with a token that has the role Manage',
};

function ofRehearsal(answer: Answer | Silence): Finding {
  const about = 'a dry run of nobody';
  const refusal = refusalOf(about, answer);
  if (refusal !== undefined) return refusal;
  const { status, text } = answer as Answer;
  return status === 400 && text.includes(`"${REHEARSAL.code}"`)
    ? right('rehearsed', about, 'A submission is read and checked; this one is refused because it names no guest.')
    : wrong('notRehearsed', about, `It is answered ${status}: ${text.slice(0, 200)}`, 'Deploy this clone: azd deploy');
}

/** What every call may be refused for; undefined where it was not. */
function refusalOf(about: string, answer: Answer | Silence): Finding | undefined {
  if (answer.kind === 'silent')
    return notYet('noAnswer', about, `Nobody answered (${answer.detail}).`, 'Ask again in a minute (--wait).');
  const { status, text } = answer;
  if (status === 401)
    return notYet(
      'tokenRefused',
      about,
      'A token for this app registration is not accepted.',
      'Let the same registration stand everywhere: npm run -s guest-reset -- setup app, then: azd provision',
    );
  if (status === 403)
    return jsonObject(text) === undefined
      ? wrong(
          'clientNotAllowed',
          about,
          'The platform accepts the token and refuses the program that asked for it (the Azure CLI).',
          'azd provision (allowedApplications of the authentication settings must be empty)',
        )
      : unchecked('noRole', about, 'You have not the role that it asks for, so it was not looked at.', GRANT);
  if (status >= 500)
    return notYet(
      'failed',
      about,
      `It is answered ${status}: ${text.slice(0, 200)}`,
      'Ask again in a minute (--wait).',
    );
  return undefined;
}
