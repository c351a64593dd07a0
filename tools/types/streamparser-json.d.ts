/**
 * The part of `@streamparser/json` that is used here. The package's own declarations do not compile under
 * `exactOptionalPropertyTypes` with `skipLibCheck: false`; tsconfig.json points the compiler here, at run time the package
 * itself is loaded.
 */
export interface ParsedValue {
  readonly value?: unknown;
  /** The container that the value stands in. */
  readonly parent?: unknown;
  readonly key?: string | number | undefined;
  /** One element for each container around the value. */
  readonly stack: readonly unknown[];
}

export interface ParsedToken {
  readonly token: number;
  readonly value: unknown;
  /** In bytes from the beginning of the text. */
  readonly offset: number;
}

export class JSONParser {
  constructor(options?: {
    readonly paths?: readonly string[];
    readonly keepStack?: boolean;
    readonly emitPartialTokens?: boolean;
  });
  get isEnded(): boolean;
  write(input: Iterable<number> | string): void;
  end(): void;
  onToken: (token: ParsedToken) => void;
  onValue: (value: ParsedValue) => void;
  onError: (error: Error) => void;
  onEnd: () => void;
}

export class Tokenizer {
  write(input: Iterable<number> | string): void;
  onToken: (token: ParsedToken) => void;
}

/** The kinds of tokens, as far as they are told apart here. Numbers as in the package's `tokenType.ts`. */
export const TokenType: {
  readonly LEFT_BRACE: 0;
  readonly RIGHT_BRACE: 1;
  readonly LEFT_BRACKET: 2;
  readonly RIGHT_BRACKET: 3;
  readonly COMMA: 5;
  readonly STRING: 9;
};
