/** `GET /organization`: the tenant itself. */
import type { Answer } from './answer.ts';
import { errors } from './errors.ts';
import { INITIAL_DOMAIN, TENANT_DOMAIN } from './new-user.ts';
import { TENANT_ID } from './tenant.ts';

const ORGANIZATION: Readonly<Record<string, unknown>> = {
  id: TENANT_ID,
  displayName: 'Contoso',
  tenantType: 'AAD',
  countryLetterCode: 'DE',
  createdDateTime: '2019-01-01T08:00:00Z',
  verifiedDomains: [
    { name: TENANT_DOMAIN, isDefault: true, isInitial: false, type: 'Managed', capabilities: 'Email' },
    { name: INITIAL_DOMAIN, isDefault: false, isInitial: true, type: 'Managed', capabilities: 'Email' },
  ],
};

export function getOrganization(query: URLSearchParams): Answer {
  const names = (query.get('$select') ?? '').split(',').flatMap((name) => name.trim() || []);
  const unknown = names.find((name) => !(name in ORGANIZATION));
  if (unknown !== undefined) return errors.unknownSelect(unknown, 'organization');
  const shown = names.length === 0 ? ORGANIZATION : Object.fromEntries(names.map((name) => [name, ORGANIZATION[name]]));
  return {
    status: 200,
    body: { '@odata.context': 'https://graph.example/v1.0/$metadata#organization', value: [shown] },
  };
}
