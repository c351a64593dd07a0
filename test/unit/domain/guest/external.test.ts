import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EXTERNAL_PROOFS, proofOf, type Proof } from '../../../../shared/domain/guest/external.ts';
import { USER_PROPERTIES, type GraphUser } from '../../../../shared/domain/guest/guest.ts';
import { readLookUp } from '../../../../shared/domain/guest/look-up.ts';
import { decidePreflight } from '../../../../shared/domain/reset/preflight.ts';
import type { Selector } from '../../../../shared/domain/reset/reset.ts';
import { GUEST_ID, NOW, pending, request, user, WINDOW } from '../records.ts';

const OWN = 'bo@contoso.example';
const MARKED = 'bo_fabrikam.example#EXT#@contoso.example';
const upn = { signInType: 'userPrincipalName', issuerAssignedId: OWN };
const upnOfGuest = { signInType: 'userPrincipalName', issuerAssignedId: MARKED };
const address = { signInType: 'emailAddress', issuerAssignedId: 'bo@fabrikam.example' };
const userName = { signInType: 'userName', issuerAssignedId: 'bo' };
const untold = { signInType: null, issuerAssignedId: null };
const federated = { signInType: 'federated', issuerAssignedId: null };

type Row = readonly [name: string, proof: Proof, more: Partial<GraphUser>];
const proves = (base: Partial<GraphUser>, rows: readonly Row[]): void => {
  test.each(rows)('%s: %s', (_name, proof, more) => {
    expect(proofOf(user({ ...base, ...more }))).toBe(proof);
  });
};

describe('a user who accepted', () => {
  proves({ externalUserState: 'Accepted', creationType: null, userPrincipalName: OWN }, [
    ['who signs in elsewhere', 'external', { identities: [federated] }],
    ['who signs in elsewhere, beside a local identity', 'external', { identities: [upn, federated] }],
    ['of type Member who signs in elsewhere', 'external', { identities: [federated], userType: 'Member' }],
    [
      'with the mark and the identity that every guest has',
      'external',
      { userPrincipalName: MARKED, identities: [upnOfGuest] },
    ],
    ['with the mark and no identities', 'external', { userPrincipalName: MARKED, identities: [] }],
    ['with the mark in lower case', 'external', { userPrincipalName: MARKED.toLowerCase(), identities: null }],
    ['with the mark, and local identities alone', 'nothing', { userPrincipalName: MARKED, identities: [upn, address] }],
    [
      'with the mark, and an identity of an unknown kind',
      'nothing',
      { userPrincipalName: MARKED, identities: [untold] },
    ],
    ['with a UPN of the tenant and its own identities', 'nothing', { identities: [upn, address, userName] }],
    ['with a UPN of the tenant and an address that it has issued', 'nothing', { identities: [address] }],
    ['with a UPN of the tenant and no identities', 'nothing', { identities: [] }],
    ['with a UPN of the tenant and identities that are null', 'nothing', { identities: null }],
    [
      'created by an invitation, with a UPN of the tenant',
      'nothing',
      { creationType: 'Invitation', identities: [upn] },
    ],
    ['without a UPN', 'nothing', { userPrincipalName: null, identities: [] }],
  ]);
});

describe('a user who never redeemed', () => {
  proves({ externalUserState: 'PendingAcceptance', creationType: null, userPrincipalName: OWN, identities: [upn] }, [
    ['created by an invitation', 'external', { creationType: 'Invitation' }],
    ['with the mark', 'external', { userPrincipalName: MARKED }],
    ['of whom nothing else tells of an invitation', 'nothing', {}],
    ['created otherwise', 'nothing', { creationType: 'EmailVerified' }],
  ]);
});

describe('a user without a state', () => {
  const base = { externalUserState: null, creationType: null, userPrincipalName: MARKED, identities: [federated] };
  proves(base, [
    ['who signed up', 'external', { creationType: 'SelfServiceSignUp' }],
    ['who signed up by a verified address', 'external', { creationType: 'EmailVerified' }],
    ['with the mark and an account elsewhere', 'external', {}],
    ['with an account elsewhere and a UPN of the tenant', 'nothing', { userPrincipalName: OWN }],
    [
      'who signed up, with a UPN of the tenant',
      'nothing',
      { creationType: 'EmailVerified', userPrincipalName: OWN, identities: [upn] },
    ],
    ['with the mark alone', 'nothing', { identities: [upnOfGuest] }],
    ['invited long ago', 'external', { creationType: 'Invitation', identities: [upnOfGuest] }],
    ['invited long ago, with no identities', 'external', { creationType: 'Invitation', identities: [] }],
    ['invited long ago, and converted since', 'nothing', { creationType: 'Invitation', identities: [upn] }],
    ['invited long ago, with a UPN of the tenant', 'nothing', { creationType: 'Invitation', userPrincipalName: OWN }],
    ['and with the type Member', 'perhapsFounder', { userType: 'Member' }],
    [
      'invited long ago, with the type Member',
      'perhapsFounder',
      { userType: 'Member', creationType: 'Invitation', identities: [] },
    ],
    ['and without a type', 'nothing', { userType: null }],
    ['of type Member, with a UPN of the tenant', 'nothing', { userType: 'Member', userPrincipalName: OWN }],
  ]);
});

test('a state that nobody knows proves nothing', () => {
  for (const externalUserState of ['SomethingNew', '', 'accepted'])
    expect(proofOf(user({ externalUserState, identities: [federated] }))).toBe('nothing');
});

/** Every shape that matters, the right and the odd ones alike. */
const anyUser = fc.record({
  id: fc.constant(GUEST_ID),
  userPrincipalName: fc.constantFrom(null, OWN, MARKED),
  userType: fc.constantFrom(null, 'Guest', 'Member'),
  mail: fc.constantFrom('bo@fabrikam.example', OWN),
  otherMails: fc.constantFrom(null, [], ['bo@fabrikam.example']),
  identities: fc.option(
    fc.array(fc.constantFrom(upn, upnOfGuest, address, userName, untold, federated), { maxLength: 3 }),
  ),
  creationType: fc.constantFrom(null, 'Invitation', 'EmailVerified', 'SelfServiceSignUp', 'LocalAccount'),
  accountEnabled: fc.constantFrom(null, true, false),
  externalUserState: fc.constantFrom(null, 'Accepted', 'PendingAcceptance', 'SomethingNew'),
  externalUserStateChangeDateTime: fc.constantFrom(null, '2025-01-01T00:00:00Z'),
  preferredLanguage: fc.constantFrom(null, 'de-DE'),
});
const selectors = fc.constantFrom<Selector['by']>('id', 'userPrincipalName', 'mail');

/** From the answer on the wire to the decision, about the user who was asked for by that. */
function isSent(by: Selector['by'], asked: GraphUser, body: unknown = asked): boolean {
  const selector = { by, value: asked[by] ?? MARKED };
  const shown = selector.by === 'mail' ? { value: [body] } : body;
  const answers = new Map([['0', { status: 200, body: shown }]]);
  const found = readLookUp(selector, { kind: 'answered', date: NOW, answers }, '0');
  if (found.kind === 'failed') return false;
  const record = pending(1, { request: request(1, { selector }) });
  return (
    decidePreflight(record, found, { jobDefaults: {}, defaultRedirectUrl: 'https://my.example', window: WINDOW })
      .kind === 'send'
  );
}

describe('whatever the directory answers', () => {
  test('a user is sent just where a row proves it, and whoever may be the founder only by object id', () => {
    fc.assert(
      fc.property(anyUser, selectors, (found, selector) => {
        fc.pre(found[selector] !== null);
        const proof = proofOf(found);
        expect(isSent(selector, found)).toBe(proof === 'external' || (proof === 'perhapsFounder' && selector === 'id'));
      }),
      { numRuns: 1_000 },
    );
  });

  test('nobody is sent who has no sign of an account elsewhere', () => {
    fc.assert(
      fc.property(anyUser, selectors, (found, selector) => {
        const isMarked = found.userPrincipalName === MARKED;
        const isOpen = found.externalUserState === 'PendingAcceptance' && found.creationType === 'Invitation';
        const isFederated = found.identities?.includes(federated) === true;
        fc.pre(!isMarked && !isOpen && !(isFederated && found.externalUserState === 'Accepted'));
        expect(isSent(selector, found)).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  test('an answer that leaves anything out by which is decided sends nobody, wherever in it that is', () => {
    const decisive = USER_PROPERTIES.filter((name) => name !== 'preferredLanguage');
    fc.assert(
      fc.property(anyUser, selectors, fc.subarray(decisive, { minLength: 1 }), (found, selector, left) => {
        const less = Object.fromEntries(Object.entries(found).filter(([name]) => !left.some((each) => each === name)));
        expect(isSent(selector, found, less)).toBe(false);
        const identities = [federated, upn, ...(found.identities ?? [])];
        for (const part of ['signInType', 'issuerAssignedId'] as const) {
          const cut = identities.map((identity) => ({ ...identity, [part]: undefined }));
          expect(isSent(selector, found, { ...found, identities: cut })).toBe(false);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('a federated identity without its id is one all the same: the type says what is asked', () => {
    fc.assert(
      fc.property(anyUser, selectors, (found, selector) => {
        const identities = found.identities?.map(({ signInType, ...rest }) =>
          signInType === 'federated' ? { signInType } : { signInType, ...rest },
        );
        expect(isSent(selector, found, { ...found, identities: identities ?? null })).toBe(isSent(selector, found));
      }),
      { numRuns: 1_000 },
    );
  });

  test('each row is needed: for each there is somebody whom it alone proves', () => {
    const shapes = fc.sample(anyUser, { numRuns: 5_000, seed: 1 });
    for (const row of EXTERNAL_PROOFS) {
      const holding = (found: GraphUser) =>
        EXTERNAL_PROOFS.filter(({ state, holds }) => state === found.externalUserState && holds(found));
      expect(
        shapes.some((found) => holding(found).every((other) => other === row) && holding(found).length === 1),
        row.shows,
      ).toBe(true);
    }
  });
});
