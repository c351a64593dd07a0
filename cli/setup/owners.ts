/**
 * Tells who owns the app registration. An owner may change it, and give its roles to anybody: where every member of the
 * tenant may register apps, one of the right name may have been somebody else's before setup found it.
 */
import { ownerSchema, type Application } from '../graph/objects.ts';
import { isDenied } from '../graph/refusal.ts';
import type { Session } from './session.ts';

const MAY = 'may change it, and give its roles to anybody';

export async function tellOwners({ graph, report }: Session, { id }: Application): Promise<void> {
  try {
    const path = `/applications/${id}/owners?$select=id,displayName,userPrincipalName`;
    const owners = await graph.patiently(() => graph.list(path));
    for (const owner of owners.map((each) => ownerSchema.parse(each)))
      report.line('note', `owner ${owner.displayName} (${owner.userPrincipalName ?? owner.id})`, MAY);
  } catch (error) {
    if (!isDenied(error)) throw error;
    report.line('note', 'owners', 'not shown to you; look in the portal, under App registrations, Owners');
  }
}
