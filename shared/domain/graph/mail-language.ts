/** The language of Microsoft's mail to a guest, where nobody has said one. Pure. */
import type { SettledChoices } from './invitation.ts';
import { checkLanguage } from '../submission/language.ts';

/**
 * The language that the guest prefers, as a tag; undefined where it is none, where one was said, or where there is no
 * text of Microsoft's to be written in it.
 * @param preferred of the guest. Source: Graph documentation, `user`: RFC 4646, such as en-US. Mostly nobody has set it
 */
export function languageOfGuest(choices: SettledChoices, preferred: string | null): string | undefined {
  const { sendInvitationMessage, messageLanguage, customizedMessageBody } = choices;
  if (!sendInvitationMessage || messageLanguage !== undefined || customizedMessageBody !== undefined) return undefined;
  const tag = checkLanguage(preferred ?? '');
  return tag.ok ? tag.value : undefined;
}
