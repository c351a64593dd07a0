/** The words that generated users are made of. Every domain is one that can never exist outside a document. */

export const FIRST_NAMES = [
  'Anna',
  'Ben',
  'Chiara',
  'David',
  'Elif',
  'Femke',
  'Goran',
  'Hana',
  'Ines',
  'Jonas',
  'Katrin',
  'Liam',
  'Maja',
  'Nils',
  'Olga',
  'Pablo',
  'Quentin',
  'Rosa',
  'Sean',
  'Tomas',
  'Ursula',
  'Viktor',
  'Wanda',
  'Xenia',
  'Yusuf',
  'Zara',
] as const;

/** One with an apostrophe: legal in an address, and it must be doubled in a filter. */
export const LAST_NAMES = [
  'Andersen',
  'Berg',
  'Castro',
  'Dubois',
  'Eriksen',
  'Fischer',
  'Garcia',
  'Horvat',
  'Ito',
  'Jansen',
  'Kovac',
  'Lindqvist',
  'Moreau',
  'Novak',
  "O'Neil",
  'Petrov',
  'Quinn',
  'Rossi',
  'Schmidt',
  'Tanaka',
  'Unger',
  'Varga',
  'Weber',
  'Young',
  'Zeman',
] as const;

export interface Partner {
  readonly domain: string;
  /** The issuer that Graph shows once a guest of this domain has redeemed. */
  readonly issuer: 'ExternalAzureAD' | 'mail' | 'MicrosoftAccount';
}

/** `mail` is the one-time passcode. */
export const PARTNERS: readonly Partner[] = [
  { domain: 'fabrikam.example', issuer: 'ExternalAzureAD' },
  { domain: 'adatum.example', issuer: 'ExternalAzureAD' },
  { domain: 'proseware.example', issuer: 'ExternalAzureAD' },
  { domain: 'litware.example', issuer: 'mail' },
  { domain: 'wingtip.example', issuer: 'mail' },
  { domain: 'personal.example', issuer: 'MicrosoftAccount' },
];

/** Only the special guests come from here, so that no ordinary guest has their address. */
export const SPECIAL_PARTNER: Partner = { domain: 'northwind.example', issuer: 'ExternalAzureAD' };

export const LANGUAGES = [null, null, null, 'en-US', 'de-DE', 'fr-FR'] as const;
export const GROUPS = ['Project Alpha', 'Suppliers', 'Auditors', 'Field Service'] as const;
