/** What the doctor has found, for people and for programs. */
import type { Finding, Layer } from './finding.ts';

const HEADINGS: Readonly<Record<Layer, string>> = {
  outside: 'From outside, as a stranger',
  signedIn: 'From outside, signed in',
  entra: 'Microsoft Entra',
  azure: 'Azure',
};
const MARKS: Readonly<Record<Finding['state'], string>> = { right: 'ok', wrong: 'WRONG', note: 'note', unchecked: '-' };
/** Of these everything that is right is told, too; of the others how much it is. */
const TOLD_WHOLE: readonly Layer[] = ['outside', 'signedIn'];

export function describeFindings(findings: readonly Finding[]): string[] {
  const lines = (Object.keys(HEADINGS) as Layer[]).flatMap((layer) => {
    const own = findings.filter((finding) => finding.layer === layer);
    if (own.length === 0) return [];
    const told = TOLD_WHOLE.includes(layer) ? own : own.filter(({ state }) => state !== 'right');
    const hidden = own.length - told.length;
    return [
      HEADINGS[layer],
      ...(hidden > 0 ? [line('right', `${hidden} things are as they must be.`)] : []),
      ...told.flatMap(({ state, about, says, toDo }) => [
        line(state, `${about}: ${says}`),
        ...(toDo === undefined ? [] : [`         ${toDo}`]),
      ]),
      '',
    ];
  });
  return [...lines, summary(findings)];
}

const line = (state: Finding['state'], text: string): string => `  ${MARKS[state].padEnd(5)}  ${text}`;

function summary(findings: readonly Finding[]): string {
  const count = (state: Finding['state']): number => findings.filter((finding) => finding.state === state).length;
  const unchecked = count('unchecked');
  const rest = unchecked === 0 ? '' : ` ${unchecked} ${unchecked === 1 ? 'thing was' : 'things were'} not looked at.`;
  const wrong = count('wrong');
  if (wrong === 0) return count('right') === 0 ? 'Nothing could be looked at.' : `Nothing is wrong.${rest}`;
  return `${wrong} ${wrong === 1 ? 'thing is' : 'things are'} wrong.${rest}`;
}

/** Nothing is wrong, of what could be looked at; and something could. */
export const isWell = (findings: readonly Finding[]): boolean =>
  findings.every(({ state }) => state !== 'wrong') && findings.some(({ state }) => state === 'right');

/** One JSON document. */
export const findingsAsJson = (findings: readonly Finding[]): string =>
  JSON.stringify({ ok: isWell(findings), findings }, null, 2);
