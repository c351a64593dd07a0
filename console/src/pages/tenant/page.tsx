/** The whole service at one look: whether it sends, how fast, what is wrong, and who did what. */
import { Badge, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { useEffect } from 'react';
import type { Tenant } from '../../../../client/types.ts';
import { FailureBar } from '../../parts/failure-bar.tsx';
import { useKept } from '../../parts/kept.ts';
import { PageHeading } from '../../parts/page-heading.tsx';
import { useTenant } from '../../service/tenant.ts';
import { useAnnounce } from '../../shell/announcer.tsx';
import { Audit } from './audit.tsx';
import { Checks } from './checks.tsx';
import { Pace } from './pace.tsx';
import { heard, standingOf } from './standing.ts';
import { Standing } from './standing.tsx';

const useStyles = makeStyles({
  page: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalL },
  beside: {
    display: 'grid',
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    alignItems: 'start',
    gap: tokens.spacingVerticalL,
    '@media (max-width: 900px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
});

export default function Page() {
  const styles = useStyles();
  const { data, error, refetch } = useTenant();
  // All of the page or nothing: the state beside the heading does not run ahead of what is said below it.
  const [tenant, keep] = useKept(data?.value);
  return (
    <div className={styles.page}>
      <PageHeading title="Tenant">{tenant !== undefined && <State tenant={tenant} />}</PageHeading>
      {error !== null && (
        <FailureBar
          failure={error.failure}
          title={tenant === undefined ? 'How sending stands cannot be told' : 'What is shown may be old'}
          onAgain={() => void refetch()}
        />
      )}
      {tenant === undefined && error === null && <Spinner label="How sending stands is on its way" />}
      {tenant !== undefined && <Standing tenant={tenant} onShown={keep} />}
      <div className={styles.beside}>
        {tenant !== undefined && <Pace tenant={tenant} onShown={keep} />}
        {/* Also where nothing else can be told: then this says why. */}
        <Checks />
      </div>
      <Audit />
    </div>
  );
}

function State({ tenant }: { readonly tenant: Tenant }) {
  const { text, color } = standingOf(tenant);
  const announce = useAnnounce();
  const words = heard(tenant);
  useEffect(() => announce(words), [announce, words]);
  return (
    <Badge appearance="tint" size="large" color={color}>
      {text}
    </Badge>
  );
}
