/**
 * Who holds a directory role: a service cannot reset such a guest. One list for everybody, because a tenant has few
 * role
 * assignments and many guests. Roles that come through a group are not seen; Graph's refusal tells those.
 */
import type { BatchAnswer } from '../../domain/graph-answer.ts';
import type { Clock } from '../../usecases/ports.ts';

const ASSIGNMENTS = '/roleManagement/directory/roleAssignments';
/** With the names of the roles; where that is refused, their ids must do. */
const FIRST_PAGES = [`${ASSIGNMENTS}?$expand=roleDefinition($select=displayName)`, ASSIGNMENTS] as const;
/**
 * Roles change seldom; and without the permission to read them (RoleManagement.Read.Directory) asking at once is of no
 * use.
 */
const KEPT_MS = 5 * 60_000;
/** More role assignments than that are another kind of tenant than this service is for. */
const MAX_PAGES = 50;

type Roles = ReadonlyMap<string, string>;

/** @returns names of roles by object id in lower case, at most five minutes old; undefined where they cannot be read */
export function roleHolders(
  get: (urls: readonly string[]) => Promise<BatchAnswer>,
  clock: Pick<Clock, 'monotonic'>,
): () => Promise<Roles | undefined> {
  let kept: { readonly roles: Promise<Roles | undefined>; readonly until: number } | undefined;
  return () => {
    if (kept === undefined || kept.until < clock.monotonic()) {
      const roles = readRoles(get).catch((error: unknown) => {
        kept = undefined;
        throw error;
      });
      kept = { roles, until: clock.monotonic() + KEPT_MS };
    }
    return kept.roles;
  };
}

async function readRoles(get: (urls: readonly string[]) => Promise<BatchAnswer>): Promise<Roles | undefined> {
  for (const first of FIRST_PAGES) {
    const roles = await readPages(get, first);
    if (roles !== 'badRequest') return roles;
  }
  return undefined;
}

async function readPages(
  get: (urls: readonly string[]) => Promise<BatchAnswer>,
  first: string,
): Promise<Roles | 'badRequest' | undefined> {
  const roles = new Map<string, string>();
  let url: string | undefined = first;
  for (let pages = 0; url !== undefined; pages++) {
    const batch: BatchAnswer = await get([url]);
    const answer = batch.kind === 'answered' ? batch.answers.get('0') : undefined;
    if (answer?.status === 400) return 'badRequest';
    const page = answer?.status === 200 ? (answer.body as { value?: unknown; '@odata.nextLink'?: unknown }) : undefined;
    if (page === undefined || !Array.isArray(page.value) || pages >= MAX_PAGES) return undefined;
    for (const assignment of page.value as readonly Assignment[]) {
      if (typeof assignment?.principalId === 'string')
        roles.set(
          assignment.principalId.toLowerCase(),
          String(assignment.roleDefinition?.displayName ?? assignment.roleDefinitionId),
        );
    }
    url = relative(page['@odata.nextLink']);
  }
  return roles;
}

/** The part of `unifiedRoleAssignment` that is read. Source: Graph documentation, "List unifiedRoleAssignments". */
interface Assignment {
  readonly principalId?: unknown;
  readonly roleDefinitionId?: unknown;
  readonly roleDefinition?: { readonly displayName?: unknown } | null;
}

/** Steps of a batch are relative to the version; a next link is absolute. */
function relative(link: unknown): string | undefined {
  if (typeof link !== 'string') return undefined;
  const { pathname, search } = new URL(link);
  return `${pathname.replace(/^\/(v1\.0|beta)/, '')}${search}`;
}
