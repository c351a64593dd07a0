/**
 * What each refusal means: a page for each code, and a list. Needs no settings. Nothing that a caller has written gets
 * into a page.
 */
import type { HttpResponseInit } from '@azure/functions';
import {
  ALL_CODES,
  EXPLAINED,
  explanationOf,
  USUALLY,
  type ExplainedGroup,
  type Explanation,
} from '../../../domain/api/explanations.ts';
import { problem } from '../../../domain/api/problem.ts';
import { RESET_CODES } from '../../../domain/reset/codes.ts';
import { STOP_CODES } from '../../../domain/stops/codes.ts';
import { shown } from '../../../domain/submission/findings.ts';
import { nearestName } from '../../../domain/submission/nearest-name.ts';
import { Refusal } from '../refusal.ts';
import type { OpenRequest } from '../requests/arrived-request.ts';
import { escaped, pageResponse, withCode } from './page.ts';

export async function answerProblemList({ url }: OpenRequest): Promise<HttpResponseInit> {
  return pageResponse(
    'Problems',
    `<h1>What a refusal means</h1>
<p>A request that is refused is answered with a problem (RFC 9457): its <code>code</code> is one of these.</p>
${EXPLAINED.map((group) => groupIn(group, `${upFrom(url)}problems`)).join('\n')}`,
  );
}

/** @throws Refusal where no problem has the code */
export async function answerProblem({ url, params }: OpenRequest): Promise<HttpResponseInit> {
  const { code = '' } = params;
  const found = explanationOf(code);
  if (found === undefined) throw new Refusal(problem('codeNotFound', whichThereAre(code)));
  return pageResponse(found.code, explanationIn(found, `${upFrom(url)}../problems`));
}

/** Links are relative: how a browser got here only its own address tells. A slash at its end is one folder more. */
const upFrom = ({ pathname }: URL): string => (pathname.endsWith('/') ? '../' : '');

function groupIn({ title, codes }: ExplainedGroup, list: string): string {
  const items = codes.map(
    (each) => `<li><a href="${list}/${each.code}"><code>${each.code}</code></a>: ${escaped(each.title)}</li>`,
  );
  return `<h2>${escaped(title)}</h2>\n<ul>\n${items.join('\n')}\n</ul>`;
}

const explanationIn = ({ code, status, title, cause, remedy, again, done }: Explanation, list: string): string =>
  `<p><a href="${list}">All problems</a></p>
<h1>${escaped(title)}</h1>
<p><code>${code}</code>, HTTP status ${status}</p>
<h2>What it means</h2>
<p>${withCode(cause)}</p>
<h2>What to do</h2>
<p>${withCode(remedy)}</p>
<h2>When to send the same request again</h2>
<p>${withCode(again ?? USUALLY.again)}</p>
<h2>What has been done</h2>
<p>${withCode(done ?? USUALLY.done)}</p>
<p>${withCode(OF_THE_ANSWER)}</p>`;

const OF_THE_ANSWER =
  'The answer itself says more: `detail` what is wrong in this case, `errors` in which row, line or field, and ' +
  '`traceId` finds the request in the logs.';

const LIST = 'GET /api/problems lists all codes of problems.';

function whichThereAre(code: string): string {
  if (Object.hasOwn(RESET_CODES, code) || Object.hasOwn(STOP_CODES, code))
    return `${code} is of a reset or a stop, and no problem: message and nextStep beside it say what to do. ${LIST}`;
  const near = nearestName(code, ALL_CODES);
  const meant = near === undefined ? '' : ` Did you mean ${near}?`;
  return `No problem has the code ${shown(code)}.${meant} ${LIST}`;
}
