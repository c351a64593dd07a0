/** By cause, all guests, what happened, who has redeemed. Which one is open stands in the address. */
import { makeStyles, Tab, TabList, tokens } from '@fluentui/react-components';
import { useSearchParams } from 'wouter';
import type { Job } from '../../../../client/types.ts';
import { fetched } from '../../parts/fetched.tsx';
import { FetchedPart } from '../../parts/fetched-part.tsx';
import { count } from '../../parts/numbers.ts';
import { Panel } from '../../parts/panel.tsx';
import { causesOf } from '../../parts/causes.ts';
import { Causes } from './causes.tsx';
import { Happened } from './happened.tsx';
import { isWatched } from '../../service/job.ts';
import { Redeemed } from './redeemed.tsx';
import { ResetItems } from './reset-items.tsx';
import { AT_ONE_GLANCE } from './row-pages.ts';
import { tabOf } from './tabs.ts';

const [AllGuests, fetchAllGuests] = fetched(() => import('./all-guests.tsx'));

const useStyles = makeStyles({
  // The tabs' own padding would set them off from what is below.
  tabs: {
    flexWrap: 'wrap',
    marginInline: `calc(-1 * ${tokens.spacingHorizontalMNudge})`,
    // Where four do not fit, none stands alone on a line.
    '@media (max-width: 560px)': {
      display: 'grid',
      gridTemplateColumns: 'auto auto',
      justifyContent: 'start',
      justifyItems: 'start',
    },
  },
  content: { marginTop: tokens.spacingVerticalM },
});

interface JobTabsProperties {
  readonly job: Job;
  /** Deleted by somebody else: nothing can be done with it. */
  readonly isGone: boolean;
}

export function JobTabs({ job, isGone }: JobTabsProperties) {
  const styles = useStyles();
  const [search, setSearch] = useSearchParams();
  const causes = causesOf(job);
  const tab = tabOf(job, search.get('tab'));
  const affected = causes.reduce((sum, cause) => sum + cause.count, 0);
  return (
    <Panel>
      <TabList
        className={styles.tabs}
        selectedValue={tab}
        onTabSelect={(_event, { value }) => setSearch({ tab: String(value) }, { replace: true })}
      >
        <Tab value="causes" id="tab-causes" aria-controls="tabpanel">
          By cause ({count(affected)})
        </Tab>
        <Tab
          value="guests"
          id="tab-guests"
          aria-controls="tabpanel"
          onPointerEnter={fetchAllGuests}
          onFocus={fetchAllGuests}
        >
          All guests ({count(job.total)})
        </Tab>
        <Tab value="happened" id="tab-happened" aria-controls="tabpanel">
          What happened
        </Tab>
        <Tab value="redeemed" id="tab-redeemed" aria-controls="tabpanel">
          Redemption
        </Tab>
      </TabList>
      <div role="tabpanel" id="tabpanel" aria-labelledby={`tab-${tab}`} className={styles.content}>
        {tab === 'causes' && <Causes job={job} causes={causes} isGone={isGone} />}
        {tab === 'guests' &&
          (job.total <= AT_ONE_GLANCE ? (
            <ResetItems id={job.id} name="All guests" filter={{}} changes={isWatched(job)} />
          ) : (
            <FetchedPart what="list">
              <AllGuests job={job} />
            </FetchedPart>
          ))}
        {tab === 'happened' && <Happened job={job} />}
        {tab === 'redeemed' && <Redeemed job={job} isGone={isGone} />}
      </div>
    </Panel>
  );
}
