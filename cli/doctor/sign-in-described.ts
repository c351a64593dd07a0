/** What `/api/openapi.json` tells every client about the sign-in: it must be this tenant and this app registration. */
import { NOBODY, signInOf, type DescribedSignIn } from '../described-sign-in.ts';
import { jsonObject, type Ask } from './ask.ts';
import { findingsOf, type Finding } from './finding.ts';

const { right, wrong, notYet } = findingsOf('outside');
const PATH = '/api/openapi.json';
const ABOUT = `sign-in in ${PATH}`;

/** What is expected; absent where nobody has said it. */
export interface ExpectedSignIn {
  readonly tenantId?: string;
  readonly clientId?: string;
}

export async function readSignIn(
  ask: Ask,
  origin: string,
  expected: ExpectedSignIn,
): Promise<{ described?: DescribedSignIn; findings: Finding[] }> {
  const answer = await ask(`${origin}${PATH}`);
  const described = answer.kind === 'answered' && answer.status === 200 ? signInOf(jsonObject(answer.text)) : undefined;
  if (described === undefined)
    return {
      findings: [
        notYet(
          'notDescribed',
          ABOUT,
          `It does not describe how to sign in (${answer.kind === 'silent' ? answer.detail : answer.status}).`,
          'Where this stays so (--wait), /api/openapi.json is not open to everybody, or a setting is wrong; the ' +
            'lines below say which. Then: azd provision',
        ),
      ],
    };
  return { described, findings: [compare(described, expected)] };
}

function compare(described: DescribedSignIn, expected: ExpectedSignIn): Finding {
  const { tenantId, clientId } = described;
  if (NOBODY.test(clientId))
    return wrong('clientIdMissing', ABOUT, 'API_CLIENT_ID is not set, so nobody can sign in.', 'azd provision');
  if (expected.tenantId !== undefined && expected.tenantId.toLowerCase() !== tenantId.toLowerCase())
    return wrong(
      'otherTenant',
      ABOUT,
      `It names the tenant ${tenantId}, not ${expected.tenantId}.`,
      'Compare AZURE_TENANT_ID in "azd env get-values" with the tenant of the guests; then: azd provision',
    );
  if (expected.clientId !== undefined && expected.clientId.toLowerCase() !== clientId.toLowerCase())
    return wrong(
      'otherClient',
      ABOUT,
      `It names the app registration ${clientId}, not ${expected.clientId}.`,
      'Compare API_CLIENT_ID in "azd env get-values" with the app registration; then: azd provision',
    );
  return right('described', ABOUT, `Tenant ${tenantId}, app registration ${clientId}.`);
}
