import { apiUrl, graphUrl } from './environment.ts';
import type { Ports } from './ports.ts';

/** Somebody who may do everything. */
const CALLER = JSON.stringify({
  oid: '66666666-6666-4666-8666-666666666666',
  name: 'ada@contoso.example',
  roles: ['Submit', 'Read', 'Manage'],
});

export interface Sample {
  /** The file to submit, from the project's folder. */
  readonly list: string;
  /** A guest who is not in it, by address; undefined where the tenant has none. */
  readonly guest: string | undefined;
}

/**
 * What the launcher prints when all is up: one line for people and programs to wait for, one for the browser, then
 * three to copy, which submit a job, look at it, and get its results. The first one keeps the new job's address in JOB:
 * the answer's Location is that address with `/completion` behind it. (tr, because not every sed knows \r.) Then the
 * lines for the command line, and for PowerShell, which reset one guest.
 * @param auth callers sign in: another line before the three gets a token, which the command line takes, too
 */
export function greeting(ports: Ports, { list, guest }: Sample, auth = false): string {
  const api = apiUrl(ports);
  const signedIn = auth ? ' -H "Authorization: Bearer $TOKEN"' : '';
  const token =
    `TOKEN=$(curl -sS ${graphUrl(ports)}/_sim/token --data '${CALLER}' | ` +
    String.raw`sed 's/.*"access_token":"\([^"]*\)".*/\1/')`;
  return [
    `ready ${api}`,
    `console ${api}/console`,
    ...(auth ? [token] : []),
    `JOB=$(curl -sS${signedIn} -D - -o /dev/null --data-binary @${list} -H 'Content-Type: text/csv' ` +
      `${api}/jobs | tr -d '\\r' | sed -n 's#^[Ll]ocation: \\(.*\\)/completion$#\\1#p')`,
    `curl -sS${signedIn} "$JOB"`,
    `curl -sS${signedIn} "$JOB/resets?format=csv"`,
    'At the command line:',
    `export GUEST_RESET_URL=${api}${auth ? ' GUEST_RESET_TOKEN="$TOKEN"' : ''}`,
    'npm run -s guest-reset -- tenant',
    ...inPowerShell(ports, guest, auth),
  ].join('\n');
}

function inPowerShell(ports: Ports, guest: string | undefined, auth: boolean): string[] {
  const askForToken = `(Invoke-RestMethod ${graphUrl(ports)}/_sim/token -Method Post -Body '${CALLER}').access_token`;
  return [
    'In PowerShell:',
    'Import-Module ./clients/powershell/GuestReset',
    `Connect-GuestReset ${apiUrl(ports)}${auth ? ` -AccessToken { ${askForToken} }` : ''}`,
    ...(guest === undefined ? [] : [`Reset-GuestRedemption -User ${guest} -SendInvitationMessage $true -Wait`]),
  ];
}
