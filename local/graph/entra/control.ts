/** What a test asks and orders of applications, and whose tokens it gets. */
import * as z from 'zod';
import type { ControlAnswer } from '../control-plane.ts';
import type { SimulatorState } from '../state.ts';
import { administratorSchema, issueAdministratorToken } from './administrators.ts';
import { blank } from './applications.ts';
import type { Application, ServicePrincipal } from './entra.ts';

const namedSchema = z.strictObject({ displayName: z.string().min(1) });
const groupSchema = z.strictObject({ displayName: z.string(), members: z.array(z.guid()).default([]) });
const identitySchema = z.strictObject({ displayName: z.string().min(1), managed: z.boolean().default(true) });
const policySchema = z.strictObject({ usersMayRegister: z.boolean() });
/** Somebody else changes an object. What it may be is not checked here. */
const changesSchema = z.looseObject({ deleted: z.literal(true).optional() });

/** Undefined where the path is none of these. */
export function controlEntra(
  state: SimulatorState,
  seed: number,
  call: string,
  body: unknown,
): ControlAnswer | undefined {
  const { entra } = state;
  const [, store, id] = /^POST \/_sim\/(applications|servicePrincipals)\/([^/]+)$/.exec(call) ?? [];
  if (store === 'applications' || store === 'servicePrincipals')
    return read(changesSchema, body, ({ deleted, ...changes }) => {
      const before = entra[store].all().find((each) => each.id === id || each.appId === id);
      if (before === undefined) return { status: 404, body: { message: `There is no ${id}.` } };
      if (deleted === true) entra[store].remove(before.id);
      else entra[store].write({ ...before, ...changes } as unknown as Application & ServicePrincipal);
      return { status: 204 };
    });
  switch (call) {
    case 'POST /_sim/administrators':
      return read(administratorSchema, body, (who) => {
        const issued = issueAdministratorToken(seed, state.now(), who);
        entra.administrators.set(issued.id, who.name);
        return { status: 201, body: issued };
      });
    case 'GET /_sim/applications':
      return {
        status: 200,
        body: {
          applications: entra.applications.all(),
          servicePrincipals: entra.servicePrincipals.all(),
          assignments: entra.assignments.all(),
        },
      };
    case 'POST /_sim/applications':
      return read(namedSchema, body, ({ displayName }) => ({
        status: 201,
        body: entra.applications.write({
          ...blank(state, { who: undefined }),
          displayName,
          signInAudience: 'AzureADMyOrg',
        }),
      }));
    case 'POST /_sim/identities':
      return read(identitySchema, body, ({ displayName, managed }) => ({
        status: 201,
        body: entra.servicePrincipals.write(identity(state, displayName, managed)),
      }));
    case 'POST /_sim/groups':
      return read(groupSchema, body, ({ displayName, members }) => ({
        status: 201,
        body: entra.groups.write({ id: entra.newId(), displayName, members }),
      }));
    case 'POST /_sim/policy':
      return read(policySchema, body, ({ usersMayRegister }) => {
        entra.usersMayRegister = usersMayRegister;
        return { status: 204 };
      });
    default:
      return undefined;
  }
}

const identity = ({ entra }: SimulatorState, displayName: string, managed: boolean): ServicePrincipal => ({
  id: entra.newId(),
  appId: entra.newId(),
  displayName,
  servicePrincipalType: managed ? 'ManagedIdentity' : 'Application',
  accountEnabled: true,
  appRoleAssignmentRequired: false,
  ownRoles: [],
  owners: [],
});

function read<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
  use: (value: z.output<Schema>) => ControlAnswer,
): ControlAnswer {
  const parsed = schema.safeParse(body);
  return parsed.success ? use(parsed.data) : { status: 400, body: { message: z.prettifyError(parsed.error) } };
}
