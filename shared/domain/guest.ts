/** A user of the tenant as Graph tells it, and what can be proved from that. */

/** The properties read of every user. Source: Graph v1.0 metadata, entity type `user`. */
export interface GraphUser {
  readonly id: string;
  readonly userPrincipalName?: string | null;
  readonly displayName?: string | null;
  readonly userType?: string | null;
  readonly mail?: string | null;
  readonly otherMails?: null | readonly string[];
  readonly identities?:
    | null
    | readonly {
        readonly issuer?: string | null;
        readonly signInType?: string | null;
        readonly issuerAssignedId?: string | null;
      }[];
  readonly creationType?: string | null;
  readonly accountEnabled?: boolean | null;
  readonly externalUserState?: string | null;
  readonly externalUserStateChangeDateTime?: string | null;
  readonly preferredLanguage?: string | null;
}

/** The part of a guest that tells whether a reset happened. */
export interface RedemptionState {
  readonly externalUserState: string | null;
  readonly externalUserStateChangeDateTime: string | null;
}

/** With it, what an added email must keep. */
export interface GuestState extends RedemptionState {
  readonly userPrincipalName: string | null;
  readonly mail: string | null;
  readonly otherMails: readonly string[];
}

export function guestState(user: GraphUser): GuestState {
  return {
    externalUserState: user.externalUserState ?? null,
    externalUserStateChangeDateTime: user.externalUserStateChangeDateTime ?? null,
    userPrincipalName: user.userPrincipalName ?? null,
    mail: user.mail ?? null,
    otherMails: user.otherMails ?? [],
  };
}
