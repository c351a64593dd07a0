/** What a command found and did, line by line. */
import type { ExitCode } from '../command.ts';
import type { Terminal } from '../terminal.ts';

/** What is true of a thing after the command. */
export type Mark =
  | 'is right'
  | 'made'
  | 'changed'
  | 'removed'
  | 'would make'
  | 'would change'
  | 'would remove'
  | 'is missing'
  | 'is wrong'
  | 'not allowed'
  | 'failed'
  /** It is not of setup, and left alone. */
  | 'kept'
  /** It may do more than it has to. */
  | 'not needed'
  | 'note';

const WIDTH = 'would change'.length;
const BAD: readonly Mark[] = ['is missing', 'is wrong', 'not allowed', 'failed'];

export interface Line {
  readonly mark: Mark;
  readonly thing: string;
  readonly detail?: string;
}

export class Report {
  readonly #terminal: Terminal;
  readonly #asJson: boolean;
  readonly #lines: Line[] = [];
  /** Paragraphs for the end: what to do next. */
  readonly #advice: string[] = [];
  readonly #facts: Record<string, string> = {};

  constructor(terminal: Terminal, asJson: boolean) {
    this.#terminal = terminal;
    this.#asJson = asJson;
  }

  heading(text: string): void {
    this.#say(`\n${text}`);
  }

  line(mark: Mark, thing: string, detail?: string): void {
    this.#lines.push({ mark, thing, ...(detail !== undefined && { detail }) });
    this.#say(`  ${mark.padEnd(WIDTH)}  ${thing}${detail === undefined ? '' : `: ${detail}`}`);
  }

  /** Something that scripts want to read. */
  fact(name: string, label: string, value: string): void {
    this.#facts[name] = value;
    this.#say(`  ${label}: ${value}`);
  }

  /** Told at the end, once. */
  advise(text: string): void {
    if (!this.#advice.includes(text)) this.#advice.push(text);
  }

  /** Whether nothing is wrong, missing, forbidden or failed so far. */
  get isWhole(): boolean {
    return !this.#lines.some(({ mark }) => BAD.includes(mark));
  }

  /** Tells what to do next. 1 where something is wrong, missing, forbidden or failed. */
  end(): ExitCode {
    const { isWhole } = this;
    if (this.#asJson) {
      const told = { isWhole, ...this.#facts, things: this.#lines, advice: this.#advice };
      this.#terminal.out(JSON.stringify(told, undefined, 2));
    }
    for (const text of this.#advice) this.#say(`\n${text}`);
    if (isWhole && this.#lines.every(({ mark }) => ['is right', 'kept', 'not needed', 'note'].includes(mark)))
      this.#say('\nAll is right: there was nothing to do.');
    if (!isWhole) this.#say('\nNot all is right: see the lines above.');
    return isWhole ? 0 : 1;
  }

  #say(text: string): void {
    if (!this.#asJson) this.#terminal.out(text);
  }
}
