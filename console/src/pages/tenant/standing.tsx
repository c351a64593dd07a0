/** Whether anything is sent; where not: since when, why, and what lifts it. */
import {
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { Tenant } from '../../../../client/types.ts';
import type { OnShown } from '../../parts/kept.ts';
import { moment } from '../../parts/numbers.ts';
import { PageLink } from '../../parts/page-link.tsx';
import { Panel } from '../../parts/panel.tsx';
import { stopOf, wayOnOf, whyStopped } from '../../parts/stop-words.ts';
import { useService } from '../../service/service.tsx';
import { openJobsText, type OpenJobs } from './open-jobs.ts';
import { permissionsOf } from './permissions.ts';
import { ResumeAction, type PausedTenant } from './resume-action.tsx';
import { PauseAction } from './tenant-actions.tsx';
import { OPEN_JOBS_PLACE, useOpenJobs } from './use-open-jobs.ts';

const useStyles = makeStyles({
  sheet: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  line: { display: 'block', overflowWrap: 'anywhere', marginTop: tokens.spacingVerticalXS },
  title: { overflowWrap: 'anywhere' },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
  },
  words: { overflowWrap: 'anywhere' },
});

interface StandingProperties {
  readonly tenant: Tenant;
  readonly onShown: OnShown;
}

export function Standing({ tenant, onShown }: StandingProperties) {
  const styles = useStyles();
  const { me } = useService();
  const open = useOpenJobs();
  const may = permissionsOf(tenant, me);
  return (
    <div className={styles.sheet}>
      {isPaused(tenant) && <Paused tenant={tenant} open={open} mayResume={may.resume} onShown={onShown} />}
      <Panel>
        <div className={styles.row}>
          <div className={styles.words}>
            <AtWork tenant={tenant} open={open} seesAll={may.seeAllJobs} />
            {!may.pause && !may.resume && tenant.status !== 'paused' && (
              <Text block>Pausing everything is for whoever has the role Manage.</Text>
            )}
          </div>
          {may.pause && <PauseAction open={open} onShown={onShown} />}
        </div>
      </Panel>
    </div>
  );
}

const isPaused = (tenant: Tenant): tenant is PausedTenant => tenant.status !== 'running' && tenant.code !== undefined;

interface PausedProperties {
  readonly tenant: PausedTenant;
  readonly open: OpenJobs | undefined;
  readonly mayResume: boolean;
  readonly onShown: OnShown;
}

function Paused({ tenant, open, mayResume, onShown }: PausedProperties) {
  const styles = useStyles();
  const { code, since, status } = tenant;
  const stop = stopOf(code);
  const behind = stopOf(tenant.behind);
  const isTrying = status === 'resuming';
  return (
    <MessageBar intent={code === 'pausedByHand' ? 'warning' : 'error'} layout="multiline">
      <MessageBarBody className={styles.words}>
        <MessageBarTitle className={styles.title}>{stop?.meaning}</MessageBarTitle>
        <span className={styles.line}>
          Nothing has been sent{since !== undefined && ` since ${moment(since)}`}. The service says: “
          <bdi>{whyStopped(tenant)}</bdi>”
        </span>
        {behind !== undefined && (
          <span className={styles.line}>There is another reason behind it, which is shown next: {behind.meaning}</span>
        )}
        <span className={styles.line}>
          {!isTrying && 'What to do: '}
          {wayOnOf(code, isTrying)}
        </span>
        {!mayResume && !isTrying && (
          <span className={styles.line}>Resuming is for whoever has the role Manage: send them this address.</span>
        )}
      </MessageBarBody>
      {mayResume && (
        <MessageBarActions>
          <ResumeAction tenant={tenant} open={open} onShown={onShown} />
        </MessageBarActions>
      )}
    </MessageBar>
  );
}

interface AtWorkProperties {
  readonly tenant: Tenant;
  readonly open: OpenJobs | undefined;
  readonly seesAll: boolean;
}

function AtWork({ tenant, open, seesAll }: AtWorkProperties) {
  if (open === undefined) return <Text block>Jobs are being counted.</Text>;
  const whose = seesAll ? '' : ' of yours';
  if (open.jobs === 0)
    return (
      <Text block>
        No job{whose} is {tenant.status === 'running' ? 'open' : 'paused with the tenant'}.
      </Text>
    );
  return (
    <Text block>
      {tenant.status === 'running' ? 'Not ended' : 'Paused with the tenant'}
      {whose}: <PageLink to={OPEN_JOBS_PLACE}>{openJobsText(open)}</PageLink>
      {open.sending > 0 && `, and ${open.sending} on their way`}.
    </Text>
  );
}
