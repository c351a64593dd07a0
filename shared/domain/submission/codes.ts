/** Every code that reading a submission can answer with: the only place where a code is made. */

interface CodeEntry {
  /**
   * Which bodies it can be about: `csv` has columns and cells; a `list` of resets says its format, names guests in more
   * ways than a path, or nobody, and may have options; `any` is the single reset of a path, too.
   */
  readonly of: 'any' | 'list' | 'csv';
  /** HTTP status when the whole request is refused with this code. */
  readonly status: 400 | 413 | 415;
  readonly title: string;
  readonly meaning: string;
  readonly fix: string;
}

const about = (title: string, meaning: string, fix: string, status: CodeEntry['status'] = 400): CodeEntry => ({
  of: 'any',
  status,
  title,
  meaning,
  fix,
});
const ofList = (...words: Parameters<typeof about>): CodeEntry => ({ ...about(...words), of: 'list' });
const ofCsv = (...words: Parameters<typeof about>): CodeEntry => ({ ...about(...words), of: 'csv' });

/** The pages of problems and `docs/errors.md` are made of this table. */
export const SUBMISSION_CODES = {
  // The request as a whole.
  invalidSubmission: about(
    'The submission has problems',
    'Rows or options are wrong; `errors` lists the first 100, `errorCount` says how many there are.',
    'Correct what `errors` names and submit all of it again: nothing was queued, the good rows neither. Of a CSV ' +
      '`?format=csv` gives the bad rows back, each with what is wrong.',
  ),
  unsupportedMediaType: ofList(
    'The content type is missing or not known',
    '`Content-Type` does not say JSON, NDJSON or CSV.',
    'Send `Content-Type: text/csv`, `application/json` or `application/x-ndjson`. Save a workbook as CSV first.',
    415,
  ),
  unsupportedContentEncoding: about(
    'The body is compressed',
    '`Content-Encoding` says something other than `identity`, or the first bytes are those of gzip, zstd or ZIP ' +
      '(as an .xlsx has).',
    'Send the text as it is, without `Content-Encoding`; save a workbook as "CSV UTF-8" first.',
    415,
  ),
  unsupportedCharset: ofList(
    'The character set is not known',
    'The `charset` of `Content-Type` is not one this service reads.',
    'Save as UTF-8 and leave `charset` out.',
    415,
  ),
  bodyTooLarge: about(
    'The body is too large',
    'The body has more bytes than this address takes; `detail` says how many it does.',
    'Split it into several jobs; leave columns out that nobody needs.',
    413,
  ),
  incompleteBody: about(
    'The body did not arrive whole',
    'The connection ended before the body did.',
    'Send it again, with the same `Idempotency-Key`.',
  ),
  emptyBody: ofList(
    'The body is empty',
    'No text came with the request, or only blanks.',
    'With curl use `--data-binary @file`, with PowerShell `-InFile`; check that the file is not empty.',
  ),
  noResets: ofList(
    'There are no resets',
    'The body names no guest.',
    'Add at least one row below the header, or one entry in `resets`.',
  ),
  tooManyResets: ofList(
    'There are too many resets',
    'The body has more resets than one job takes: `MAX_RESETS_PER_JOB`.',
    'Split it into several jobs.',
  ),
  invalidJson: about(
    'The body is not JSON',
    'The text breaks the rules of JSON at the place named.',
    'Correct it there: often a comma too many, a missing bracket, or single quotes.',
  ),
  invalidEncoding: about(
    'The text cannot be decoded',
    'A line or a field holds what is not text in the expected encoding, or text already damaged by an earlier ' +
      'conversion.',
    'Save as UTF-8 ("CSV UTF-8" in Excel), or name the encoding: `Content-Type: text/csv; charset=windows-1252`.',
  ),
  duplicateMember: about(
    'A member appears twice',
    'An object of the JSON has the same member twice, so one would be lost.',
    'Keep one.',
  ),
  missingSendInvitationMessage: about(
    'Nobody said whether to send mail',
    '`sendInvitationMessage` has no built-in default, and rows do not say it.',
    'Add `?sendInvitationMessage=false` (or `true`), or say it in the body.',
  ),
  // Options.
  unknownOption: about(
    'An option is not known',
    'The name is not an option of a job. Options are told apart by case.',
    'Write the name that `message` suggests, or leave it out.',
  ),
  invalidOption: about(
    'An option has a value that cannot be used',
    'The value has the wrong type, is out of range, or does not go with another option, as a `notAfter` that is over.',
    'Write what `message` asks for.',
  ),
  conflictingOption: ofList(
    'An option is said twice, differently',
    'Query, body and `defaults` disagree, or a retry of a dry run says that it shall be none.',
    'Say it in one place. To reset the guests of a dry run submit them as a job of their own.',
  ),
  // The columns and lines of a CSV.
  noUserColumn: ofCsv(
    'No column names the guest',
    'The header has none of `user`, `id`, `userPrincipalName`, `mail`, `invitedUserEmailAddress`.',
    'Add one of them. Check that the first line is the header.',
  ),
  tooManyColumns: ofCsv(
    'There are too many columns',
    'The header has more columns than this service reads.',
    'Remove columns you do not need. Check that the first line is the header.',
  ),
  duplicateColumn: ofCsv(
    'Two columns say two things',
    'Two columns mean the same field, and this row says something else in each.',
    'Keep one of the two values, or empty the other cell.',
  ),
  misspelledColumn: ofCsv(
    'A column is nearly a known one',
    'The name differs from a known column by a letter or two.',
    'Write the name that `message` suggests. If it is a column of your own, rename it.',
  ),
  raggedRow: ofCsv(
    'A row has too many cells',
    'The row has more cells than the header, and not only empty ones.',
    'Put quotes around cells that contain the separator.',
  ),
  incompleteRow: ofCsv(
    'The last row is not whole',
    'The last row has fewer cells than the header and no line end, as that of a file which was cut off.',
    'Send the whole file; if it is whole, end its last line.',
  ),
  unclosedQuote: ofCsv(
    'A quote is not closed',
    'A cell begins with a quote that never ends; reading stopped there.',
    'Close the quote; write a quote inside a cell twice.',
  ),
  strayQuote: ofCsv(
    'A quote is in the wrong place',
    'A quote stands inside a cell without quotes, or text follows a closing quote; reading stopped there.',
    'Put the whole cell in quotes and write each quote inside twice.',
  ),
  // One reset.
  missingUser: about(
    'The guest is not named',
    'The row has no object id, UPN or address.',
    'Fill in `user`, or delete the row.',
  ),
  ambiguousUser: about(
    'The guest is named twice',
    'Both `user` and `invitedUser` are given, or two object ids that differ.',
    'Keep one.',
  ),
  invalidUser: about(
    'The guest cannot be recognised',
    '`user` is neither an object id, nor a UPN with `#EXT#`, nor a mail address.',
    'Write one of these. The object id is the surest: copy it from the directory.',
  ),
  invalidUserId: ofList(
    'The object id is not a GUID',
    'It must look like `00000000-0000-0000-0000-000000000000`.',
    'Copy it from the directory. A column of your own needs another name than `id`.',
  ),
  invalidUserPrincipalName: ofList(
    'The UPN is not one',
    'It must look like `name_partner.example#EXT#@tenant.example`.',
    'Copy it from the directory, or name the guest by object id.',
  ),
  invalidMail: ofList(
    'The mail address is not one',
    'It must look like `name@partner.example`.',
    'Correct it, or name the guest by object id.',
  ),
  duplicateUser: ofList(
    'The same guest is there twice',
    'An earlier row, which `message` names, names the same guest.',
    'Keep one row.',
  ),
  invalidEmailAddress: about(
    'The address to invite is not one',
    '`invitedUserEmailAddress` must look like `name@partner.example`: at most 64 characters before the `@`, no ' +
      "`.`, `-` or `'` first or last there, no two periods in a row; behind it a domain, no IP address.",
    "Correct it, or leave it empty to use the guest's own mail.",
  ),
  forbiddenCharacter: about(
    'The address to invite has a forbidden character',
    'Before the `@` of `invitedUserEmailAddress` the invitation service takes letters and digits of ASCII and `. ' +
      "_ - '`, so no `+`, no `é`, no typographic apostrophe.",
    'Type what `message` says, or use another address of the guest.',
  ),
  invalidCcRecipient: about(
    'The address in copy is not one',
    'It must look like `name@partner.example`.',
    'Correct it or leave it out.',
  ),
  tooManyCcRecipients: about(
    'There is more than one recipient in copy',
    'The invitation service takes one.',
    'Keep one.',
  ),
  invalidLanguage: about(
    'The language is not a language tag',
    '`messageLanguage` must be a tag of BCP 47 such as `de` or `en-US`, no name of a language.',
    'Write one, or leave it out.',
  ),
  invalidRedirectUrl: about(
    'The redirect is not an https address',
    '`inviteRedirectUrl` must be absolute and begin with `https://`.',
    'Correct it, or leave it out to use My Apps of the tenant.',
  ),
  invalidBoolean: ofCsv(
    'The value is neither true nor false',
    'Cells take `1`, `0`, `true`, `false`, in any case; no other words.',
    'Write `1` or `0`, which spreadsheets of every language keep, or leave the cell empty.',
  ),
  invalidAddEmailTo: about(
    'addEmailTo has an unknown value',
    'It must be `mail`, `otherMails` or `none`.',
    'Write one of them, or leave it out.',
  ),
  resetRedemptionFalse: about(
    'The row asks not to be reset',
    '`resetRedemption` is false; this service only resets.',
    'Delete the row, or leave `resetRedemption` out.',
  ),
  userTypeNotAvailable: about(
    'The user type cannot be changed',
    '`invitedUserType` is not `Guest`; a reset does not change the type of a user.',
    'Leave it out, or write `Guest`.',
  ),
  fieldTooLong: about('A field is too long', 'The field has more characters than `message` allows.', 'Shorten it.'),
  rowTooLong: about(
    'A row is too long',
    'All fields of the row together have more characters than `message` allows. Where a row has no end, nothing ' +
      'after it is read.',
    'Remove columns or members you do not need; check that the first line is the header, and that quotes are closed.',
  ),
  unknownField: about(
    'A member is not known',
    'The entry has a member that is not part of a reset.',
    'Write the name, or the place, that `message` suggests; or remove it.',
  ),
  wrongType: about(
    'A value has the wrong type',
    'A value is of another kind than its member takes: a number where text is expected, a list where an object is.',
    'Write what `message` asks for.',
  ),
} as const satisfies Record<string, CodeEntry>;

export type SubmissionCode = keyof typeof SUBMISSION_CODES;
