/** Why a command comes to nothing: the line is wrong, or what it asked for is refused. */

/** The command line is wrong. The message says what, and what would be right; the code is for programs. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code: string;
  constructor(message: string, code = 'wrongCommandLine') {
    super(message);
    this.code = code;
  }
}

/** Why a command comes to nothing, in words for people, and with a code for programs. */
export class ToldError extends Error {
  override readonly name = 'ToldError';
  readonly json: { readonly code: string; readonly [member: string]: unknown };
  constructor(message: string, json: ToldError['json']) {
    super(message);
    this.json = json;
  }
}
