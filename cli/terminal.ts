/** What a command meets: who sits there, what they see, and what is written into the program. */
import type { Environment } from '../shared/settings.ts';

export type Colour = 'green' | 'yellow' | 'red' | 'dim' | 'bold';

/** Lines on a screen that take the place of those that were drawn before. */
export interface Picture {
  /** How wide the screen is now. */
  readonly columns: () => number;
  readonly paint: (colour: Colour, text: string) => string;
  readonly draw: (lines: readonly string[]) => void;
  /** Takes it away. */
  readonly erase: () => void;
}

/** What a command gets from outside. */
export interface Terminal {
  readonly env: Environment;
  /** One line of what was asked for. */
  readonly out: (line: string) => void;
  /** One line beside it: what went wrong, what is waited for. */
  readonly err: (line: string) => void;
  /** What whoever sits there says, `left` with Ctrl-C in place of an answer; undefined where nobody does. */
  readonly confirm: (question: string) => Promise<boolean | 'left' | undefined>;
  /** What is asked for goes to the eyes of somebody, and not into a file or another program. */
  readonly isSeen: boolean;
  /** Undefined where what stands beside is no screen. */
  readonly picture: Picture | undefined;
  /** All that is written into the program. */
  readonly input: () => Promise<Uint8Array<ArrayBuffer>>;
  /** Writes what was asked for as it comes, as fast as it is taken. */
  readonly pour: (bytes: AsyncIterable<Uint8Array>) => Promise<void>;
  /** From the call on Ctrl-C does not end the program, but aborts this; a second one ends it. */
  readonly interruption: () => AbortSignal;
}
