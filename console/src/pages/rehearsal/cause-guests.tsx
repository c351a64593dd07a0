/** The guests of one cause, with the next step, a file of them, and the way to correct them. */
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { Edit16Regular } from '@fluentui/react-icons';
import { skipToken, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import type { Reset } from '../../../../client/types.ts';
import { rowsWith } from '../../list/rows-with.ts';
import { openList } from '../../list/open-list.ts';
import type { KeptList } from '../../list/store.ts';
import { addressOf, wouldWords } from '../../parts/guest-address.ts';
import { GuestName, NamedId } from '../../parts/guest-name.tsx';
import { ListEnd } from '../../parts/list-end.tsx';
import { count } from '../../parts/numbers.ts';
import { inPageWords } from '../../parts/service-words.ts';
import { useList } from '../../service/lists.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { SaveResults } from '../../parts/save-results.tsx';
import type { Kind } from './causes.tsx';
import { isRecent, type Cause } from './outcome.ts';

const useStyles = makeStyles({
  sheet: { display: 'grid', gap: tokens.spacingVerticalS, gridTemplateColumns: 'minmax(0, 1fr)' },
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  item: {
    display: 'grid',
    gridTemplateColumns: '56px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalXS} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: 'anywhere',
  },
  number: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  quiet: { color: tokens.colorNeutralForeground2 },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

interface CauseGuestsProperties {
  readonly id: string;
  readonly kind: Kind;
  readonly cause: Cause;
  /** Where this browser has it. */
  readonly kept: KeptList | undefined;
}

/** Of a cause so many are looked for before the page asks whether to go on. */
const SHOWN = 20;

export function CauseGuests({ id, kind, cause, kept }: CauseGuestsProperties) {
  const styles = useStyles();
  const [, navigate] = useLocation();
  // A warning is no code by which the service could look: the rows are gone through.
  const isWarning = kind === 'lookFirst';
  const isLeftOut = kind === 'cannot' || kind === 'skipped';
  const { nameOf, numberOf, counting } = useListOf(id, kept);
  const query = isWarning ? { code: 'wouldReset', pageSize: 200 } : { code: cause.code, pageSize: SHOWN };
  const list = useList(['resets', id, query], (client, token) => client.resetPage(id, { ...query, ...token }));
  const guests = (list.items ?? []).filter((reset) => !isWarning || warningIn(reset, cause.code) !== undefined);
  const wanted = Math.min(SHOWN, cause.count);
  const { more, isFetching } = list;
  useEffect(() => {
    if (guests.length < wanted && more !== undefined && !isFetching) more();
  }, [guests.length, wanted, more, isFetching]);
  // Whoever would be reset needs none here: to run it stands beside this.
  const nextStep = cause.step ?? (isLeftOut ? guests[0]?.nextStep : undefined);
  const words = isWarning && guests[0] !== undefined ? warningIn(guests[0], cause.code) : undefined;
  const isAll = guests.length >= cause.count;
  return (
    <div className={styles.sheet}>
      {nextStep !== undefined && <Text className={styles.quiet}>{inPageWords(nextStep)}</Text>}
      <ul className={styles.list} aria-label={cause.meaning}>
        {guests.map((reset) => (
          <li key={reset.row} className={styles.item}>
            <span className={styles.number}>{numberOf(reset)}</span>
            <div>
              <Guest reset={reset} name={nameOf(reset)} />
              {reset.reference !== undefined && (
                <Text block className={styles.quiet}>
                  <bdi>{reset.reference}</bdi>
                </Text>
              )}
              <Text block size={200} className={styles.quiet}>
                {detailOf(reset, kind, cause.code)}
              </Text>
            </div>
          </li>
        ))}
      </ul>
      <Text size={200} className={styles.quiet}>
        {counting}
      </Text>
      <ListEnd list={isAll ? { ...list, more: undefined } : list} what="guests" />
      <div className={styles.actions}>
        {(!isWarning || words !== undefined) && (
          <SaveResults
            id={id}
            name={`${cause.code}-${id}`}
            filter={{ code: query.code }}
            {...(words !== undefined && { choose: (results) => rowsWith(results, 'result.warnings', words) })}
            label="These as CSV"
            size="small"
          />
        )}
        {(isLeftOut || isWarning) && !isRecent(cause.code) && kept !== undefined && (
          <ActionButton
            size="small"
            icon={<Edit16Regular />}
            onClick={() => navigate(`/?rehearsal=${id}&${isWarning ? 'warning' : 'code'}=${cause.code}`)}
          >
            Correct in the list
          </ActionButton>
        )}
      </div>
    </div>
  );
}

/** Leads to all that is known of the guest, where the directory has one. */
function Guest({ reset, name }: { readonly reset: Reset; readonly name: string | undefined }) {
  const { user, guestId, erased } = reset;
  if (erased === true) return <GuestName reset={reset} />;
  return <NamedId name={name} id={user} {...(guestId !== undefined && { to: `/guests/${guestId}` })} />;
}

interface ListOf {
  /** By address; of whom the rehearsal has none, as the list calls them. */
  readonly nameOf: (reset: Reset) => string | undefined;
  readonly numberOf: (reset: Reset) => string;
  /** What the numbers count. */
  readonly counting: string;
}

/** The rehearsal counts the rows that were sent; people look for a guest in their file. */
function useListOf(id: string, kept: KeptList | undefined): ListOf {
  const { data, isPending } = useQuery({
    queryKey: ['list', id],
    queryFn: kept === undefined ? skipToken : async () => openList(kept.source, kept.changes),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const isOfFile = kept !== undefined && (data !== undefined || isPending);
  const isFromOne = !isOfFile || kept.source.isHeaderOurs === true;
  return {
    nameOf: (reset) => addressOf(reset) ?? data?.called(reset.row)[0]?.text,
    numberOf: ({ row }) => (isOfFile ? (data === undefined ? '' : count(data.number(row))) : count(row)),
    counting: `Numbers are rows of the list${isOfFile ? '' : ' as it was sent'}: ${isFromOne ? 'the first guest is 1.' : 'its header is 1, as a spreadsheet counts.'}`,
  };
}

/** What it says of a warning; undefined where the guest does not bear it. */
const warningIn = ({ warnings = [] }: Reset, code: string): string | undefined =>
  warnings.find((warning) => warning.code === code)?.message;

function detailOf(reset: Reset, kind: Kind, code: string): string {
  if (kind === 'cannot' || kind === 'skipped') return inPageWords(reset.message ?? '');
  if (kind === 'lookFirst') return inPageWords(warningIn(reset, code) ?? '');
  return wouldWords(reset) ?? '';
}
