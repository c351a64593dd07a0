/** What the tenant and its protection refuse: a block after some invitations, and permissions that the app lacks. */
import * as z from 'zod';
import type { Answer } from './answer.ts';
import { errors } from './errors.ts';
import { APP_CLIENT_ID } from './identity.ts';
import { GRANTED, PERMISSIONS, suffices, type AppOperationKind, type Permission } from './permissions.ts';

export const blockSchema = z.strictObject({
  /** Invitations that still take effect. */
  afterInvitations: z.int().min(0).default(0),
  reason: z.enum(['suspiciousActivity', 'invitationsNotAllowed']).default('suspiciousActivity'),
});

/** True grants, false takes away; the others stay as they are. */
export const permissionsSchema = z.partialRecord(z.enum(PERMISSIONS), z.boolean());

export class Policies {
  /** Invitations that arrived while the tenant was blocked. */
  refusedByBlock = 0;
  #block: { reason: z.infer<typeof blockSchema>['reason']; left: number } | undefined;
  readonly #granted = new Set<Permission>(GRANTED);

  block({ afterInvitations, reason }: z.infer<typeof blockSchema>): void {
    this.#block = { reason, left: afterInvitations };
  }

  unblock(): void {
    this.#block = undefined;
  }

  permit(changes: z.infer<typeof permissionsSchema>): void {
    for (const permission of PERMISSIONS) {
      if (changes[permission] === true) this.#granted.add(permission);
      if (changes[permission] === false) this.#granted.delete(permission);
    }
  }

  /** The refusal of a request that none of the app's permissions allows. */
  refuse(kind: AppOperationKind): Answer | undefined {
    if (suffices(this.#granted, kind)) return undefined;
    return kind === 'invite' ? errors.roleHolder : errors.insufficientPrivileges;
  }

  /** Whether an application may resume a task that it is not named for: permissions are those of the app alone. */
  mayResumeTasks(appId: string | undefined): boolean {
    return appId === APP_CLIENT_ID && this.#granted.has('LifecycleWorkflows.ReadWrite.All');
  }

  refuseInvitation(resetsRedemption: boolean): Answer | undefined {
    if (resetsRedemption && !suffices(this.#granted, 'reset')) return errors.roleHolder;
    if (this.#block === undefined || this.#block.left > 0) return undefined;
    this.refusedByBlock++;
    return this.#block.reason === 'suspiciousActivity' ? errors.tenantBlocked : errors.invitationsNotAllowed;
  }

  invited(): void {
    if (this.#block !== undefined) this.#block.left--;
  }
}
