/**
 * What an app may do: for each kind of request the permissions of which one suffices.
 * Source: the tables "Permissions" (application) of Graph's documentation: "Get a user", "List users", "Update user",
 * "Create invitation", "List unifiedRoleAssignments"; "Reset redemption status" for `reset`. Of each only those that an
 * app of this kind is given.
 */
import type { OperationKind } from './request.ts';

export const PERMISSIONS = [
  'User.Read.All',
  'User.ReadWrite.All',
  'User.Invite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
  'RoleManagement.Read.Directory',
  'LifecycleWorkflows.ReadWrite.All',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Of the app, as `docs/graph.md` asks for them. */
export const GRANTED: readonly Permission[] = [
  'User.ReadWrite.All',
  'User.Invite.All',
  'RoleManagement.Read.Directory',
];

const READ_USERS = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'] as const;

/**
 * What the app's permissions decide. Registrations are the business of administrators, and tasks of whom the extension
 * names.
 */
export type AppOperationKind = Exclude<OperationKind, 'batch' | 'readApps' | 'writeApps' | 'resumeTask'>;

const SUFFICIENT: Readonly<Record<AppOperationKind | 'reset', readonly Permission[]>> = {
  getUser: READ_USERS,
  findUsers: READ_USERS,
  patchUser: ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
  invite: ['User.Invite.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'],
  reset: ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
  listRoles: ['RoleManagement.Read.Directory', 'Directory.Read.All', 'Directory.ReadWrite.All'],
};

export const suffices = (granted: ReadonlySet<Permission>, kind: keyof typeof SUFFICIENT): boolean =>
  SUFFICIENT[kind].some((permission) => granted.has(permission));
