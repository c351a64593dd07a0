/** What to say where ARM does not show what is asked for. */
import type { ArmAnswer } from '../../azure/arm.ts';
import type { Place } from '../../azure/deployment.ts';
import { findingsOf, type Finding } from '../finding.ts';

const { wrong, unchecked, notYet } = findingsOf('azure');

/** Roles of Azure that show what the doctor reads; app settings, which may hold secrets, take more than reading. */
export type NeededRole = 'Reader' | 'Website Contributor';

/** @param toDo where it is missing; `azd provision` makes everything */
export function unseen(
  answer: Exclude<ArmAnswer, { kind: 'found' }>,
  about: string,
  { subscriptionId, resourceGroup }: Place,
  { needs = 'Reader', toDo = 'azd provision' }: { readonly needs?: NeededRole; readonly toDo?: string } = {},
): Finding {
  switch (answer.kind) {
    case 'missing':
      return wrong('missing', about, 'It is not there.', toDo);
    case 'refused':
      return unchecked(
        'notAllowed',
        about,
        `You may not look at it: it takes ${answer.action}.`,
        'Ask an owner of the resource group: az role assignment create --assignee YOUR_SIGN_IN_NAME ' +
          `--role "${needs}" --scope /subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`,
      );
    case 'failed':
      return notYet('notAnswered', about, `Azure does not tell: ${answer.detail}`, 'Ask again in a minute (--wait).');
  }
}
