/** On each page but those that say more, as the tenant's own: that nothing is sent, for anybody. */
import { makeStyles, MessageBar, MessageBarBody, MessageBarTitle, tokens } from '@fluentui/react-components';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { moment } from '../parts/numbers.ts';
import { PageLink } from '../parts/page-link.tsx';
import { useService } from '../service/service.tsx';
import { useTenant } from '../service/tenant.ts';
import { useAnnounce } from './announcer.tsx';
import { useIsStopSaid } from './stop-said.ts';

/** It is asked for on each page, by everybody: more seldom than where somebody looks for it. */
const EVERY_SECONDS = 20;

const useStyles = makeStyles({
  banner: {
    overflowWrap: 'anywhere',
    borderRadius: 0,
    borderInlineStyle: 'none',
    // As the header above it.
    paddingInline: tokens.spacingHorizontalXXL,
    '@media (max-width: 640px)': { paddingInline: tokens.spacingHorizontalM },
  },
});

export function PauseBanner() {
  const styles = useStyles();
  const { me } = useService();
  const [path] = useLocation();
  const isElsewhere = !path.startsWith('/tenant');
  const enabled = isElsewhere && me !== undefined && me.roles.length > 0;
  const { data } = useTenant({ everySeconds: EVERY_SECONDS, enabled });
  const tenant = data?.value;
  const isPaused = enabled && tenant !== undefined && tenant.status !== 'running';
  const isSaid = useIsStopSaid();
  const announce = useAnnounce();
  useEffect(() => {
    if (isPaused) announce('Everything is paused: nothing is sent, for any job.');
  }, [announce, isPaused]);
  if (!isPaused || isSaid) return null;
  return (
    <aside aria-label="For all pages">
      <MessageBar intent="warning" layout="multiline" className={styles.banner}>
        <MessageBarBody>
          <MessageBarTitle>Everything is paused.</MessageBarTitle> Nothing is sent, for any job
          {tenant.since !== undefined && `, since ${moment(tenant.since)}`}.{' '}
          <PageLink to="/tenant">Why, and what lifts it</PageLink>
        </MessageBarBody>
      </MessageBar>
    </aside>
  );
}
