/** What `samples/guests.csv` comes to in the sample tenant: one entry for each row, by its reference. */
export type SampleCategory =
  | 'plain'
  | 'newEmail'
  | 'alreadyPending'
  | 'externalMember'
  | 'disabledGuest'
  | 'roleHolder'
  | 'internalMember'
  | 'internalGuest'
  | 'sharedMail'
  | 'unknownMail';

export interface ExpectedSample {
  readonly category: SampleCategory;
  readonly status: 'succeeded' | 'failed';
}

const plain = { category: 'plain', status: 'succeeded' } as const;

export const SAMPLES_EXPECTED: Readonly<Record<string, ExpectedSample>> = {
  'HR-1001': plain,
  'HR-1002': plain,
  'HR-1003': plain,
  'HR-1004': plain,
  'HR-1005': plain,
  'HR-1006': plain,
  'HR-1007': plain,
  'HR-1008': plain,
  // Its mail has an apostrophe.
  'HR-1009': plain,
  'HR-1010': plain,
  'HR-1011': plain,
  'HR-1012': plain,
  'HR-1013': plain,
  'HR-1014': plain,
  'HR-1015': plain,
  'HR-1016': plain,
  // The address is added to the guest first.
  'HR-1017': { category: 'newEmail', status: 'succeeded' },
  'HR-1018': { category: 'alreadyPending', status: 'succeeded' },
  'HR-1019': { category: 'externalMember', status: 'succeeded' },
  // With a warning; and without a mail.
  'HR-1020': { category: 'disabledGuest', status: 'succeeded' },
  // Only Graph knows: 403, "Generic authorization exception."
  'HR-1021': { category: 'roleHolder', status: 'failed' },
  // Nothing may be sent for these two.
  'HR-1022': { category: 'internalMember', status: 'failed' },
  'HR-1023': { category: 'internalGuest', status: 'failed' },
  'HR-1024': { category: 'sharedMail', status: 'failed' },
  'HR-1025': { category: 'unknownMail', status: 'failed' },
};
