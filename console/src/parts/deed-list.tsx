/** Who did what, and when: newest first. */
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Action } from '../../../client/types.ts';
import { deedOf, doerOf, whyOf } from './deeds.ts';
import { moment } from './numbers.ts';
import { PageLink } from './page-link.tsx';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  item: {
    display: 'grid',
    gridTemplateColumns: '128px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalL,
    paddingBlock: tokens.spacingVerticalS,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: 'anywhere',
    ':first-child': { borderTopStyle: 'none' },
    '@media (max-width: 640px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export function DeedList({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  const { list } = useStyles();
  return (
    <ul className={list} aria-label={name}>
      {children}
    </ul>
  );
}

interface DeedProperties {
  readonly action: Action & { readonly dryRun?: boolean };
  /** To what it was done, where that is not plain from the page: behind the deed, before who did it. */
  readonly to?: ReactNode;
  readonly children?: ReactNode;
}

export function Deed({ action, to, children }: DeedProperties) {
  const { item, quiet } = useStyles();
  const why = whyOf(action);
  return (
    <li className={item}>
      <Text className={quiet}>{moment(action.at)}</Text>
      <div>
        <Text weight="semibold">{deedOf(action)}</Text>
        <Text>
          {to} by <bdi>{doerOf(action)}</bdi>
        </Text>
        {why !== undefined && (
          <Text block className={quiet}>
            {why}
          </Text>
        )}
        {children}
        {action.newJobId !== undefined && (
          <Text block>
            <PageLink to={`/jobs/${action.newJobId}`}>To the new job</PageLink>
          </Text>
        )}
      </div>
    </li>
  );
}
