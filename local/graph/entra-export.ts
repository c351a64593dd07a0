/** Users as the admin center of Entra exports them (*Bulk operations*, *Download users*), with its 29 columns. */
import type { DirectoryUser } from './directory.ts';
import { csv } from './guest-list.ts';

type Cell = (user: DirectoryUser) => string;

const blank: Cell = () => '';

/** In their order. What the simulated tenant does not know is blank, as much is in a real export. */
const COLUMNS: Readonly<Record<string, Cell>> = {
  userPrincipalName: ({ userPrincipalName }) => userPrincipalName,
  displayName: ({ displayName }) => displayName,
  surname: blank,
  mail: ({ mail }) => mail ?? '',
  givenName: blank,
  id: ({ id }) => id,
  userType: ({ userType }) => userType,
  jobTitle: blank,
  department: blank,
  accountEnabled: ({ accountEnabled }) => (accountEnabled ? 'True' : 'False'),
  usageLocation: blank,
  streetAddress: blank,
  state: blank,
  country: blank,
  officeLocation: blank,
  city: blank,
  postalCode: blank,
  telephoneNumber: blank,
  mobilePhone: blank,
  alternateEmailAddress: ({ otherMails }) => otherMails.join(','),
  ageGroup: blank,
  consentProvidedForMinor: blank,
  legalAgeGroupClassification: blank,
  companyName: blank,
  creationType: ({ creationType }) => creationType ?? '',
  directorySynced: blank,
  invitationState: ({ externalUserState }) => externalUserState ?? '',
  identityIssuer: blank,
  createdDateTime: ({ createdDateTime }) => createdDateTime,
};

const BYTE_ORDER_MARK = '\u{FEFF}';

export function entraExport(users: readonly DirectoryUser[]): string {
  return (
    BYTE_ORDER_MARK +
    csv([Object.keys(COLUMNS), ...users.map((user) => Object.values(COLUMNS).map((cell) => cell(user)))])
  );
}
