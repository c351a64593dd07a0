/** One guest: who it is, what was ever tried, and what can be done. */
import {
  Badge,
  Breadcrumb,
  BreadcrumbButton,
  BreadcrumbDivider,
  BreadcrumbItem,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { ArrowSync16Regular, Link16Regular } from '@fluentui/react-icons';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link } from 'wouter';
import type { Guest } from '../../../../client/types.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { CopyLink } from '../../parts/copy-button.tsx';
import { PageHeading } from '../../parts/page-heading.tsx';
import { useDraft } from '../../service/drafts.ts';
import { useService } from '../../service/service.tsx';
import { useAnnounce } from '../../shell/announcer.tsx';
import { EraseAction } from './erase-action.tsx';
import { Erased } from './erased.tsx';
import { invitationOf } from './facts.ts';
import { isNoGuest, isNotThere, useGuest, type Asked } from './guest-answer.ts';
import { History } from './history.tsx';
import { titleOf } from './names.ts';
import { permissionsOf } from './permissions.ts';
import { ResetAction } from './reset-action.tsx';
import { useErasure } from './use-erasure.ts';
import { Who } from './who.tsx';

const useStyles = makeStyles({
  page: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  crumbs: { marginLeft: `calc(-1 * ${tokens.spacingHorizontalSNudge})` },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

export function GuestSheet({ id }: { readonly id: string }) {
  const styles = useStyles();
  const { me } = useService();
  const may = permissionsOf(me);
  const { data, error, isFetching } = useGuest(id, may.look);
  const queries = useQueryClient();
  const lookAgain = (): void => void queries.invalidateQueries({ queryKey: ['guest', id] });
  const [asked, ask] = useDraft<Asked | undefined>(`asked.${id}`, undefined);
  const { erasure, failure: notTold, again, began } = useErasure(id);
  const guest = data?.value;
  const isThere = !isNotThere(error?.failure) && !isNoGuest(guest);
  useHeard(id, guest);
  return (
    <div className={styles.page}>
      <div>
        <Crumbs id={id} />
        <PageHeading title={titleOf(id, guest)}>{guest !== undefined && <State guest={guest} />}</PageHeading>
        <div className={styles.actions}>
          {may.reset && isThere && <ResetAction id={id} guest={guest} onAsked={ask} />}
          <ActionButton icon={<ArrowSync16Regular />} disabledFocusable={isFetching} onClick={lookAgain}>
            Look again
          </ActionButton>
          <CopyLink icon={<Link16Regular />} />
          {may.erase && erasure?.status !== 'erasing' && <EraseAction id={id} onErased={began} />}
        </div>
      </div>
      {erasure !== undefined && <Erased erasure={erasure} failure={notTold} onAgain={again} />}
      <Who id={id} guest={guest} failure={error?.failure} mayLook={may.look} mayReset={may.reset} onAgain={lookAgain} />
      <History id={id} seesAll={may.look} isBeingErased={erasure?.status === 'erasing'} asked={asked} />
    </div>
  );
}

/** Who came up, and each new look, for whoever listens. */
function useHeard(id: string, guest: Guest | undefined): void {
  const announce = useAnnounce();
  const words = guest && `${titleOf(id, guest)}: ${invitationOf(guest).text}, as of ${guest.readAt.slice(11, 19)} UTC.`;
  useEffect(() => {
    if (words !== undefined) announce(words);
  }, [announce, words]);
}

function Crumbs({ id }: { readonly id: string }) {
  const styles = useStyles();
  return (
    <Breadcrumb aria-label="Where this is" size="small" className={styles.crumbs}>
      <BreadcrumbItem>
        <Link href="/guests" asChild>
          <BreadcrumbButton as="a">Guests</BreadcrumbButton>
        </Link>
      </BreadcrumbItem>
      <BreadcrumbDivider />
      <BreadcrumbItem>
        <BreadcrumbButton current>Guest …{id.slice(-6)}</BreadcrumbButton>
      </BreadcrumbItem>
    </Breadcrumb>
  );
}

function State({ guest }: { readonly guest: Guest }) {
  const { text, color } = invitationOf(guest);
  return (
    <Badge appearance="tint" size="large" color={color}>
      {text}
    </Badge>
  );
}
