/** What the doctor has found: one thing each. */

/** From whose sight: a stranger's, somebody's who has signed in, or of what administrators have set up. */
export type Layer = 'outside' | 'signedIn' | 'entra' | 'azure';

export interface Finding {
  readonly layer: Layer;
  /**
   * `right`: as it must be. `wrong`: it must be mended. `note`: it works, but not everybody would want it so.
   * `unchecked`: nobody could look; `says` tells why.
   */
  readonly state: 'right' | 'wrong' | 'note' | 'unchecked';
  /** Stable, for programs: `settingMissing`. */
  readonly code: string;
  /** The single thing, by its name: `setting PRIORITY_QUEUE`, `queue dispatch`. */
  readonly about: string;
  readonly says: string;
  /** What to do, with the exact command where there is one. Always there where something is wrong. */
  readonly toDo?: string;
  /** Right after a deployment this may become right by itself. */
  readonly mayPass?: true;
}

/** The findings of one layer, without repeating which. */
export function findingsOf(layer: Layer): {
  right: (code: string, about: string, says: string) => Finding;
  wrong: (code: string, about: string, says: string, toDo: string) => Finding;
  /** Wrong, unless somebody waits a little. */
  notYet: (code: string, about: string, says: string, toDo: string) => Finding;
  note: (code: string, about: string, says: string, toDo?: string) => Finding;
  unchecked: (code: string, about: string, says: string, toDo?: string) => Finding;
} {
  const maybe = (toDo: string | undefined): { toDo?: string } => (toDo === undefined ? {} : { toDo });
  return {
    right: (code, about, says) => ({ layer, state: 'right', code, about, says }),
    wrong: (code, about, says, toDo) => ({ layer, state: 'wrong', code, about, says, toDo }),
    notYet: (code, about, says, toDo) => ({ layer, state: 'wrong', code, about, says, toDo, mayPass: true }),
    note: (code, about, says, toDo) => ({ layer, state: 'note', code, about, says, ...maybe(toDo) }),
    unchecked: (code, about, says, toDo) => ({ layer, state: 'unchecked', code, about, says, ...maybe(toDo) }),
  };
}
