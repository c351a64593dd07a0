/** Characters of an address as people are told of them: which one it is, and what to type instead. */

const INVISIBLE = /[\s\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u;
/** What an editor makes of typed quotes and hyphens. */
const APOSTROPHES = /[\u2018\u2019\u201B\u00B4\u02BC\u2032\uFF07`]/;
const QUOTES = /["\u201C-\u201F\u00AB\u00BB\u2039\u203A]/;
const HYPHENS = /[\u2010-\u2015\u2212\uFE58\uFF0D]/;
const FULL_STOPS = /[\u3002\uFF0E\uFF61]/;
/** Cyrillic and Greek letters, each with the Latin one it looks like behind it. */
const LOOK_ALIKES = 'аaеeоoрpсcуyхxіiјjѕsԁdԛqԝwһhАAВBЕEКKМMНHОOРPСCТTХXІIοoαaνvιiΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX';

/** Such as `U+2019 ’`; of one that cannot be seen only the number. */
export function named(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return INVISIBLE.test(character) ? `${code}, which cannot be seen` : `${code} ${character}`;
}

/** A sentence that says what to do about a character that may not stand there. */
export function instead(character: string): string {
  if (INVISIBLE.test(character) || QUOTES.test(character)) return 'Remove it.';
  const typed = APOSTROPHES.test(character)
    ? "'"
    : HYPHENS.test(character)
      ? '-'
      : FULL_STOPS.test(character)
        ? '.'
        : (lookAlike(character) ?? character.normalize('NFKC'));
  if (/^[A-Za-z0-9._'@-]$/.test(typed) && typed !== character) return `Type ${typed} instead.`;
  return 'Use another address of the guest.';
}

/** The Latin letter that a Cyrillic or Greek one looks like. */
export function lookAlike(character: string): string | undefined {
  const at = LOOK_ALIKES.indexOf(character);
  return at >= 0 && at % 2 === 0 ? LOOK_ALIKES[at + 1] : undefined;
}

/** UTF-8 that was read as windows-1252: a lead byte of two or three, and what follows it, as letters. */
const MOJIBAKE = /[ÂÃ][\u0080-\u00BF\u0152-\u0192\u02C6-\u2122]|â€/;

export const isMojibake = (text: string): boolean => MOJIBAKE.test(text);
