/** Whether the console opens: for everybody, and with its policy. Whom one signs in to is asked elsewhere. */
import { jsonObject, type Answer, type Ask, type Silence } from './ask.ts';
import { findingsOf, type Finding } from './finding.ts';

const { right, wrong, notYet } = findingsOf('outside');

const PAGE = '/api/console';
/** An address within it: where the platform compares whole paths, this one may be shut while the page is open. */
const BELOW = '/api/console/jobs';
const CONFIG = '/api/console/config.json';
const OPEN_IT = 'azd provision (its path belongs to excludedPaths of the authentication settings)';

export async function lookAtConsole(ask: Ask, origin: string): Promise<Finding[]> {
  const [page, below, config] = await Promise.all([PAGE, BELOW, CONFIG].map((path) => ask(`${origin}${path}`)));
  return [ofPage(PAGE, page), ofPage(BELOW, below), ofConfig(config)];
}

function ofPage(path: string, answer: Answer | Silence | undefined): Finding {
  const amiss = shutOrAbsent(path, answer);
  if (amiss !== undefined) return amiss;
  const policy = answer?.kind === 'answered' ? answer.headers.get('content-security-policy') : null;
  return policy?.includes("default-src 'none'") === true
    ? right('consoleOpen', path, 'The console opens, with its policy.')
    : wrong(
        'consolePolicy',
        path,
        'The page comes without its Content-Security-Policy.',
        'Look whether a gateway before the app takes headers away; else deploy the code of this clone: azd deploy',
      );
}

function ofConfig(answer: Answer | Silence | undefined): Finding {
  const amiss = shutOrAbsent(CONFIG, answer);
  if (amiss !== undefined) return amiss;
  const said = answer?.kind === 'answered' ? jsonObject(answer.text) : undefined;
  if (said?.['signIn'] !== 'entra')
    return wrong('consoleSignIn', CONFIG, 'It does not say how people sign in.', 'azd provision');
  return right('consoleSignIn', CONFIG, 'It says how people sign in.');
}

function shutOrAbsent(path: string, answer: Answer | Silence | undefined): Finding | undefined {
  if (answer === undefined || answer.kind === 'silent')
    return notYet('noAnswer', path, `Nobody answered (${answer?.detail}).`, 'Ask again in a minute (--wait).');
  const { status } = answer;
  if (status === 401)
    return wrong('consoleNotOpen', path, 'It asks for a token, so nobody can open this page.', OPEN_IT);
  if (status === 404)
    return wrong('noConsole', path, 'The app that is deployed has no such page.', 'azd deploy (of this clone)');
  return status === 200
    ? undefined
    : notYet('notStarted', path, `It is answered ${status}.`, 'Ask again in a minute (--wait).');
}
