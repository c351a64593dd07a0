/** The language of a mail. The console asks the same where it is typed. */
import { bad, type Checked, good, shown } from './findings.ts';
import { LANGUAGE_MAX_CHARS } from './lengths.ts';

/** The form of a tag allows names of five letters and more, and there are none. Source: BCP 47; ISO 639 codes. */
const LANGUAGE_CODE = /^[a-z]{2,3}(?:-|$)/;

/** A BCP 47 tag in its canonical form, at most 100 characters: its private part has no end of its own. */
export function checkLanguage(text: string): Checked<string> {
  try {
    const [tag] = text.trim().length > LANGUAGE_MAX_CHARS ? [] : Intl.getCanonicalLocales(text.trim());
    if (tag !== undefined && LANGUAGE_CODE.test(tag)) return good(tag);
  } catch (error) {
    // Anything but a RangeError would be a bug of ours, not a bad tag.
    if (!(error instanceof RangeError)) throw error;
  }
  return bad('invalidLanguage', `${shown(text)} is not a language tag. Write one such as de or en-US.`);
}
