/** Says in our words what a schema found wrong, with the path of the member. */
import type { z } from 'zod';
import { type Findings, shown } from './findings.ts';
import { nearestName } from './nearest-name.ts';

/** Members that callers put one level too high, and where they belong. */
const BELONGS_IN: Readonly<Record<string, string>> = {
  id: 'invitedUser',
  userPrincipalName: 'invitedUser',
  mail: 'invitedUser',
  messageLanguage: 'invitedUserMessageInfo',
  customizedMessageBody: 'invitedUserMessageInfo',
  ccRecipients: 'invitedUserMessageInfo',
};

/** Notes every issue. `root` is put before the paths: empty for an entry, `defaults` for the defaults. */
export function noteIssues(issues: readonly z.core.$ZodIssue[], findings: Findings, root: string, knownNames: Iterable<string>): void {
  for (const issue of issues) {
    const path = pathOf(issue.path, root);
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) findings.add('unknownField', unknownMessage(key, knownNames), path === '' ? key : `${path}.${key}`);
    } else if (issue.code === 'invalid_type') {
      const subject = path === '' ? 'The entry' : path;
      findings.add('wrongType', `${subject} must be ${wordFor(issue.expected)}.`, ...(path === '' ? [] : [path]));
    } else {
      findings.add('wrongType', `${path === '' ? 'The entry' : path} cannot be used: ${issue.message}`, ...(path === '' ? [] : [path]));
    }
  }
}

function pathOf(path: readonly PropertyKey[], root: string): string {
  let text = root;
  for (const step of path) text += typeof step === 'number' ? `[${step}]` : `${text === '' ? '' : '.'}${String(step)}`;
  return text;
}

function unknownMessage(key: string, knownNames: Iterable<string>): string {
  const near = nearestName(key, knownNames);
  const parent = BELONGS_IN[key];
  if (near !== undefined) return `${shown(key)} is not known. Did you mean ${near}?`;
  if (parent !== undefined) return `${shown(key)} is not known here. It belongs in ${parent}.`;
  return `${shown(key)} is not known. Remove it.`;
}

function wordFor(expected: string): string {
  if (expected === 'string') return 'text';
  if (expected === 'boolean') return 'true or false, without quotes';
  return expected === 'number' ? 'a number, without quotes' : expected === 'array' ? 'an array' : 'an object';
}
