/** What preflight says of guests to whom nothing is sent. */
import type { DomainChange } from '../guest/email-domain.ts';
import { ADD_THE_ADDRESS } from '../graph/errors.ts';
import { iso } from '../instant.ts';
import type { WantedState } from '../guest/guest.ts';
import { OTHER_MAILS } from '../limits.ts';
import type { Selector, Verdict } from './reset.ts';
import { shown } from '../submission/findings.ts';

const SHOWN = 5;
/** The first five. */
export const listed = (names: readonly string[]): string =>
  `${names.slice(0, SHOWN).join(', ')}${names.length > SHOWN ? ' …' : ''}`;

const NAMES = { id: 'object id', userPrincipalName: 'user principal name', mail: 'address' } as const;

export const notFound = (selector: Selector): Verdict => ({
  code: 'guestNotFound',
  message: `No user of the tenant has this ${NAMES[selector.by]}.`,
  nextStep:
    selector.by === 'mail'
      ? "If this is the guest's new address, name the guest by object id or old address and give the new one as " +
        'invitedUserEmailAddress.'
      : 'Check the spelling, and whether the guest was deleted.',
});

export const ambiguous = (ids: readonly string[]): Verdict => ({
  code: 'guestAmbiguous',
  message: `More than one user of the tenant has this address: ${listed(ids)}.`,
  nextStep: 'Name the guest by object id and submit again.',
});

export const NOT_EXTERNAL: Verdict = {
  code: 'notExternal',
  message: 'The user is not provably external, so nothing was sent: an invitation would convert an internal account.',
  nextStep: 'Check externalUserState and identities of the user. Internal users cannot be reset.',
};

export const PERHAPS_FOUNDER: Verdict = {
  code: 'perhapsFounder',
  message: 'The user has no invitation state and is of type Member, as the founder of a tenant is; nothing was sent.',
  nextStep: 'If this is the one to reset, name the user by object id and submit again.',
};

export const holdsRole = (role: string): Verdict => ({
  code: 'directoryRole',
  message: `The guest holds the directory role "${role}". A service cannot reset such a guest; nothing was sent.`,
  nextStep: 'Remove the role and submit again, or reset the guest in the portal as an administrator.',
});

/** @param addresses of a guest without mail, where nothing tells which of them to invite */
export const noAddress = (addresses: readonly string[]): Verdict => ({
  code: 'noAddress',
  message:
    addresses.length === 0
      ? 'The guest has no mail address, and the request names none.'
      : `The guest has no mail, and several other addresses: ${listed(addresses)}. The request names none of them.`,
  nextStep: 'Give invitedUserEmailAddress and submit again.',
});

/** @param stranger an address that the request says of the guest, and that is none of the guest's */
export const selectorsDisagree = ({ by }: Selector, stranger: string): Verdict => ({
  code: 'selectorsDisagree',
  message:
    `The request says that the guest has the address ${shown(stranger)}, which the user with this ${NAMES[by]} ` +
    'does not have. Nothing was sent.',
  nextStep:
    'Correct whichever is wrong and submit again. An address that is new to the guest belongs into ' +
    'invitedUserEmailAddress.',
});

/** @param why names the address and what is wrong with it */
export const addressNotValid = (why: string): Verdict => ({
  code: 'addressNotValid',
  message: why,
  nextStep: 'Give another invitedUserEmailAddress and submit again.',
});

export const domainNotAllowed = (domain: string): Verdict => ({
  code: 'domainNotAllowed',
  message: `This deployment does not invite addresses of ${domain}.`,
  nextStep: 'Give another invitedUserEmailAddress, or have the domain added to ALLOWED_EMAIL_DOMAINS.',
});

export const ADDRESS_NOT_ON_USER: Verdict = {
  code: 'emailNotOnUser',
  message: 'The address is in neither mail nor otherMails of the guest, and addEmailTo is "none".',
  nextStep: ADD_THE_ADDRESS,
};

export const TOO_MANY_ADDRESSES: Verdict = {
  code: 'tooManyAddresses',
  message:
    `With the new address the guest would have more than ${OTHER_MAILS.limit} others, which the directory does not ` +
    'take. Nothing was sent.',
  nextStep: 'Remove addresses that are no longer used from otherMails of the user, and submit again.',
};

export const otherDomain = (domain: string, { from }: DomainChange): Verdict => ({
  code: 'otherDomain',
  message: `The guest's mail is of ${domain}, not of ${from}, so there is nothing to change.`,
  nextStep: 'To reset the guest all the same, submit without changeEmailDomain.',
});

/** @param state as Graph tells it */
export const stateNotWanted = (state: string | null, onlyIf: WantedState): Verdict => ({
  code: 'stateNotWanted',
  message: `The guest ${
    state === 'PendingAcceptance' ? 'has not redeemed an invitation' : 'has no open invitation'
  } (externalUserState is ${state ?? 'empty'}), and the job says onlyIf "${onlyIf}". Nothing was sent.`,
  nextStep: 'To reset the guest all the same, submit without onlyIf.',
});

/** @param since when the invitation became open, in ms */
export const pendingRecently = (since: number, skipIfResetWithinHours: number): Verdict => ({
  code: 'pendingRecently',
  message:
    `Somebody else has invited or reset the guest at ${iso(since) ?? 'an unknown time'}, and the guest has not ` +
    'redeemed since. Nothing was sent.',
  nextStep: `To invite once more, submit with onlyIf "pending"${
    skipIfResetWithinHours === 0 ? '' : ', or with skipIfResetWithinHours 0'
  }.`,
});

/** The verdict for a row whose new address an earlier row of the chunk asks for. */
export const addressWantedTwice = (row: number): Verdict => ({
  code: 'addressWantedTwice',
  message: `Row ${row} asks for the same new address.`,
  nextStep: 'Give each guest an address of its own and submit again.',
});

/** The verdict for a guest who stands in the same chunk twice, under whatever names. */
export const SAME_GUEST_TWICE: Verdict = {
  code: 'sameGuestTwice',
  message: 'Another row of this job names the same guest.',
  nextStep: 'Nothing: see the other row.',
};
