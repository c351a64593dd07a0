/** Some resets of a job, more on demand; each opens to all that is known of it. */
import { Badge, Link, makeStyles, Text, tokens, useRestoreFocusTarget } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { Reset, ResetFilter } from '../../../../client/types.ts';
import { mailedElsewhere, messageOf } from '../../parts/guest-address.ts';
import { GuestName } from '../../parts/guest-name.tsx';
import { ListEnd } from '../../parts/list-end.tsx';
import { count } from '../../parts/numbers.ts';
import { REDEMPTIONS, RESET_STATES } from '../../parts/reset-words.ts';
import { useList } from '../../service/lists.ts';
import { ResetDetails } from './reset-details.tsx';

const PAGE_SIZE = 20;

const useStyles = makeStyles({
  // Columns line up through all guests; that of the numbers is as wide as the longest.
  list: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 2fr) auto minmax(0, 3fr)',
    columnGap: tokens.spacingHorizontalM,
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    '@media (max-width: 640px)': { gridTemplateColumns: 'auto minmax(0, 1fr)' },
  },
  item: {
    display: 'grid',
    gridColumnStart: 1,
    gridColumnEnd: -1,
    gridTemplateColumns: 'subgrid',
    alignItems: 'baseline',
    paddingBlock: tokens.spacingVerticalSNudge,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: 'anywhere',
    '@media (max-width: 640px)': { '& > *:nth-child(n + 3)': { gridColumnStart: 2, justifySelf: 'start' } },
  },
  row: { textAlign: 'right', color: tokens.colorNeutralForeground3 },
  badge: { justifySelf: 'start', whiteSpace: 'nowrap' },
  link: { overflowWrap: 'anywhere', textAlign: 'left' },
  end: { marginTop: tokens.spacingVerticalS },
});

interface ResetItemsProperties {
  readonly id: string;
  readonly name: string;
  readonly filter: ResetFilter;
  /** Only so many of the first. */
  readonly most?: number;
  /** How many come at once; default: 20. */
  readonly pageSize?: number;
  /** Whether more comes by itself. */
  readonly changes?: boolean;
}

export function ResetItems({
  id,
  name,
  filter,
  most = Number.POSITIVE_INFINITY,
  pageSize = PAGE_SIZE,
  changes = false,
}: ResetItemsProperties) {
  const styles = useStyles();
  const [opened, open] = useState<Reset>();
  const { from, ...rest } = filter;
  const list = useList(
    ['job', id, 'items', filter, pageSize],
    (client, token) =>
      client.resetPage(id, {
        ...rest,
        pageSize,
        ...(token.continuationToken === undefined && from !== undefined ? { from } : token),
      }),
    { changes: () => changes },
  );
  const items = (list.items ?? []).slice(0, most);
  // A page may be empty and not be the last: the service looks at so many at once.
  const { more, isFetching } = list;
  const mustGoOn = more !== undefined && !isFetching && items.length === 0;
  useEffect(() => {
    if (mustGoOn) more?.();
  }, [mustGoOn, more]);
  return (
    <>
      <ul className={styles.list} aria-label={name}>
        {items.map((reset) => (
          <Item key={reset.row} reset={reset} isCheck={filter.redemption !== undefined} onOpen={open} />
        ))}
      </ul>
      <div className={styles.end}>
        <ListEnd list={{ ...list, more: items.length < most ? list.more : undefined }} what="guests" />
      </div>
      <ResetDetails reset={opened} onClose={() => open(undefined)} />
    </>
  );
}

const REDEMPTION_COLORS = { pending: 'warning', accepted: 'success', unknown: 'informative' } as const;

interface ItemProperties {
  readonly reset: Reset;
  /** Who has redeemed is what is looked for. */
  readonly isCheck: boolean;
  readonly onOpen: (reset: Reset) => void;
}

function Item({ reset, isCheck, onOpen }: ItemProperties) {
  const styles = useStyles();
  const { row, status, redemption } = reset;
  const wanted = isCheck ? redemption : undefined;
  const { text, color } = RESET_STATES[status];
  return (
    <li className={styles.item}>
      <Text className={styles.row}>{count(row)}</Text>
      <Link as="button" {...useRestoreFocusTarget()} className={styles.link} onClick={() => onOpen(reset)}>
        <GuestName reset={reset} />
      </Link>
      <Badge
        appearance="tint"
        className={styles.badge}
        color={wanted === undefined ? color : REDEMPTION_COLORS[wanted]}
      >
        {wanted === undefined ? text : REDEMPTIONS[wanted]}
      </Badge>
      <Text size={200}>
        <bdi>{wanted === undefined ? messageOf(reset) : mailedElsewhere(reset)}</bdi>
      </Text>
    </li>
  );
}
