/**
 * The export of users of Microsoft's admin center (*Users*, *Download users*): its columns are what the directory has,
 * so nobody who submits one means anything by them. Source: files of both forms, in `test/corpus`.
 */

/** Of both forms, the one of 2023 and the one since; compared without case. */
const COLUMNS: ReadonlySet<string> = new Set(
  [
    'userPrincipalName displayName surname mail givenName id objectId userType jobTitle department accountEnabled',
    'usageLocation streetAddress state country officeLocation physicalDeliveryOfficeName city postalCode',
    'telephoneNumber mobilePhone mobile authenticationAlternativePhoneNumber',
    'authenticationEmail alternateEmailAddress ageGroup consentProvidedForMinor legalAgeGroupClassification',
    'companyName creationType directorySynced invitationState identityIssuer createdDateTime',
  ]
    .join(' ')
    .toLowerCase()
    .split(' '),
);

/** Every form has them, and a list that somebody writes has not. */
const SIGNS = ['ageGroup', 'consentProvidedForMinor', 'legalAgeGroupClassification'].map((name) => name.toLowerCase());

/** Whether a column is one of the export's own; no column is where the header is not of an export. */
export function ownOfExport(header: readonly string[]): (name: string) => boolean {
  const names = new Set(header.map((name) => name.toLowerCase()));
  return SIGNS.every((sign) => names.has(sign)) ? (name) => COLUMNS.has(name.toLowerCase()) : () => false;
}
