/** Says in our words what a schema found wrong, with the path of the member. */
import type * as z from 'zod';
import { MAX_LISTED_ERRORS } from '../api/problem.ts';
import type { Repeated } from './body-item.ts';
import { type Findings, shown } from './findings.ts';
import { nearestName } from './nearest-name.ts';

/** Members that callers put one level too high, and where they belong. */
const BELONGS_IN: ReadonlyMap<string, string> = new Map([
  ['id', 'invitedUser'],
  ['userPrincipalName', 'invitedUser'],
  ['mail', 'invitedUser'],
  ['messageLanguage', 'invitedUserMessageInfo'],
  ['customizedMessageBody', 'invitedUserMessageInfo'],
  ['ccRecipients', 'invitedUserMessageInfo'],
]);

/**
 * Notes the issues, of many the first 100 and that there are more: one entry can have a hundred thousand. `root` is put
 * before the paths: empty for an entry, `defaults` for the defaults.
 */
export function noteIssues(
  issues: readonly z.core.$ZodIssue[],
  findings: Findings,
  root: string,
  knownNames: Iterable<string>,
): void {
  for (const issue of issues.slice(0, MAX_LISTED_ERRORS)) {
    const path = pathOf(issue.path, root);
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys.slice(0, MAX_LISTED_ERRORS))
        findings.add('unknownField', unknownMessage(key, knownNames), path === '' ? key : `${path}.${key}`);
      if (issue.keys.length > MAX_LISTED_ERRORS)
        findings.add(
          'unknownField',
          `${issue.keys.length - MAX_LISTED_ERRORS} more members are not known.`,
          ...(path === '' ? [] : [path]),
        );
    } else if (issue.code === 'invalid_type') {
      const subject = path === '' ? 'The entry' : path;
      findings.add('wrongType', `${subject} must be ${wordFor(issue.expected)}.`, ...(path === '' ? [] : [path]));
    } else {
      findings.add(
        'wrongType',
        `${path === '' ? 'The entry' : path} cannot be used: ${issue.message}`,
        ...(path === '' ? [] : [path]),
      );
    }
  }
}

/** Notes names that one object says twice. `root` as for `noteIssues`. */
export function noteRepeated(repeated: Repeated, findings: Findings, root: string): void {
  for (const steps of repeated) {
    const path = pathOf(steps, root);
    findings.add('duplicateMember', `${shown(path)} is there twice, so one of the two would be lost. Keep one.`, path);
  }
}

function pathOf(path: readonly PropertyKey[], root: string): string {
  let text = root;
  for (const step of path) text += typeof step === 'number' ? `[${step}]` : `${text === '' ? '' : '.'}${String(step)}`;
  return text;
}

function unknownMessage(key: string, knownNames: Iterable<string>): string {
  const near = nearestName(key, knownNames);
  const parent = BELONGS_IN.get(key);
  if (near !== undefined) return `${shown(key)} is not known. Did you mean ${near}?`;
  if (parent !== undefined) return `${shown(key)} is not known here. It belongs in ${parent}.`;
  return `${shown(key)} is not known. Remove it.`;
}

function wordFor(expected: string): string {
  if (expected === 'string') return 'text';
  if (expected === 'boolean') return 'true or false, without quotes';
  return expected === 'number' ? 'a number, without quotes' : expected === 'array' ? 'an array' : 'an object';
}
