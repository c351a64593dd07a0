/** The settings of the environment, one by one; what is wrong with them is collected. */

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Settings {
  /** Undefined where it is not set, or blank. */
  readonly optional: (name: string) => string | undefined;
  /** The fallback where it is not set; without one that is a problem. */
  readonly text: (name: string, fallback?: string) => string;
  /** The fallback where it is not set, or not from `min` to `max`, which is a problem. */
  readonly number: (name: string, fallback: number, min: number, max: number) => number;
  /** Notes the problem unless all is right. */
  readonly check: (isRight: boolean, problem: string) => void;
  readonly problems: readonly string[];
}

/** Reads what is asked for, without blanks around it. */
export function readSettings(env: Environment): Settings {
  const problems: string[] = [];
  const check: Settings['check'] = (isRight, problem) => {
    if (!isRight) problems.push(problem);
  };
  const optional: Settings['optional'] = (name) => env[name]?.trim() || undefined;
  return {
    optional,
    text(name, fallback) {
      const value = optional(name) ?? fallback;
      check(value !== undefined, `Set ${name}.`);
      return value ?? '';
    },
    number(name, fallback, min, max) {
      const raw = optional(name);
      const value = Number(raw ?? fallback);
      const isRight = value >= min && value <= max;
      check(isRight, `${name} is "${raw}"; it must be a number from ${min} to ${max}.`);
      return isRight ? value : fallback;
    },
    check,
    problems,
  };
}
