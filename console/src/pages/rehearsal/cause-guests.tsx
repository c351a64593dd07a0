/** The guests of one cause, with the next step, a file of them, and the way to correct them. */
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { Edit16Regular } from '@fluentui/react-icons';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import type { Reset } from '../../../../client/types.ts';
import { wouldWords } from '../../parts/guest-address.ts';
import { GuestName } from '../../parts/guest-name.tsx';
import { ListEnd } from '../../parts/list-end.tsx';
import { count, withMoments } from '../../parts/numbers.ts';
import { PageLink } from '../../parts/page-link.tsx';
import { useList } from '../../service/lists.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { SaveResults } from '../job/save-results.tsx';
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
  readonly hasList: boolean;
}

/** Of a cause so many are looked for before the page asks whether to go on. */
const SHOWN = 20;

export function CauseGuests({ id, kind, cause, hasList }: CauseGuestsProperties) {
  const styles = useStyles();
  const [, navigate] = useLocation();
  // A warning is no code by which the service could look: the rows are gone through.
  const isWarning = kind === 'lookFirst';
  const query = isWarning ? { code: 'wouldReset', pageSize: 200 } : { code: cause.code, pageSize: SHOWN };
  const list = useList(['resets', id, query], (client, token) => client.resetPage(id, { ...query, ...token }));
  const guests = (list.items ?? []).filter((reset) => !isWarning || bears(reset, cause.code));
  const wanted = Math.min(SHOWN, cause.count);
  const { more, isFetching } = list;
  useEffect(() => {
    if (guests.length < wanted && more !== undefined && !isFetching) more();
  }, [guests.length, wanted, more, isFetching]);
  const nextStep = cause.step ?? guests[0]?.nextStep;
  const isAll = guests.length >= cause.count;
  return (
    <div className={styles.sheet}>
      {nextStep !== undefined && <Text className={styles.quiet}>{withMoments(nextStep)}</Text>}
      <ul className={styles.list} aria-label={cause.meaning}>
        {guests.map((reset) => (
          <li key={reset.row} className={styles.item}>
            <span className={styles.number}>{count(reset.row)}</span>
            <div>
              <Guest reset={reset} />
              {reset.reference !== undefined && (
                <Text className={styles.quiet}>
                  {' '}
                  · <bdi>{reset.reference}</bdi>
                </Text>
              )}
              <Text block size={200} className={styles.quiet}>
                {detailOf(reset, kind, cause.code)}
              </Text>
            </div>
          </li>
        ))}
      </ul>
      <ListEnd list={isAll ? { ...list, more: undefined } : list} what="guests" />
      <div className={styles.actions}>
        {!isWarning && (
          <SaveResults
            id={id}
            name={`${cause.code}-${id}`}
            filter={{ code: cause.code }}
            label="These as CSV"
            size="small"
          />
        )}
        {(kind === 'cannot' || kind === 'skipped') && !isRecent(cause.code) && hasList && (
          <ActionButton
            size="small"
            icon={<Edit16Regular />}
            onClick={() => navigate(`/?rehearsal=${id}&code=${cause.code}`)}
          >
            Correct in the list
          </ActionButton>
        )}
      </div>
    </div>
  );
}

/** Leads to all that is known of the guest, where the directory has one. */
function Guest({ reset }: { readonly reset: Reset }) {
  const { guestId } = reset;
  if (guestId === undefined) return <GuestName reset={reset} />;
  return (
    <PageLink to={`/guests/${guestId}`}>
      <GuestName reset={reset} />
    </PageLink>
  );
}

const bears = ({ warnings = [] }: Reset, code: string): boolean => warnings.some((warning) => warning.code === code);

function detailOf(reset: Reset, kind: Kind, code: string): string {
  if (kind === 'cannot' || kind === 'skipped') return withMoments(reset.message ?? '');
  if (kind === 'lookFirst') return reset.warnings?.find((warning) => warning.code === code)?.message ?? '';
  return wouldWords(reset) ?? '';
}
