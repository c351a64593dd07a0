/** What the tenant and its protection refuse: a block after some invitations, and permissions that the app lacks. */
import * as z from 'zod';
import type { Answer } from './answer.ts';
import { errors } from './errors.ts';

export const blockSchema = z.strictObject({
  /** Invitations that still take effect. */
  afterInvitations: z.int().min(0).default(0),
  reason: z.enum(['suspiciousActivity', 'invitationsNotAllowed']).default('suspiciousActivity'),
});

export const permissionsSchema = z.strictObject({
  invite: z.boolean().optional(),
  updateUser: z.boolean().optional(),
  readRoles: z.boolean().optional(),
});

export class Policies {
  /** Invitations that arrived while the tenant was blocked. */
  refusedByBlock = 0;
  #block: { reason: z.infer<typeof blockSchema>['reason']; left: number } | undefined;
  #permissions = { invite: true, updateUser: true, readRoles: true };

  block({ afterInvitations, reason }: z.infer<typeof blockSchema>): void {
    this.#block = { reason, left: afterInvitations };
  }

  unblock(): void {
    this.#block = undefined;
  }

  permit({ invite, updateUser, readRoles }: z.infer<typeof permissionsSchema>): void {
    const { invite: mayInvite, updateUser: mayUpdate, readRoles: mayRead } = this.#permissions;
    this.#permissions = {
      invite: invite ?? mayInvite,
      updateUser: updateUser ?? mayUpdate,
      readRoles: readRoles ?? mayRead,
    };
  }

  refuseInvitation(): Answer | undefined {
    if (!this.#permissions.invite) return errors.roleHolder;
    if (this.#block === undefined || this.#block.left > 0) return undefined;
    this.refusedByBlock++;
    return this.#block.reason === 'suspiciousActivity' ? errors.tenantBlocked : errors.invitationsNotAllowed;
  }

  invited(): void {
    if (this.#block !== undefined) this.#block.left--;
  }

  refuseUpdate(): Answer | undefined {
    return this.#permissions.updateUser ? undefined : errors.insufficientPrivileges;
  }

  refuseRoles(): Answer | undefined {
    return this.#permissions.readRoles ? undefined : errors.insufficientPrivileges;
  }
}
