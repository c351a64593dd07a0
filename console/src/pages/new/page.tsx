/** Choose: which guests. Nothing is sent before they are rehearsed. */
import { makeStyles, MessageBar, MessageBarBody, MessageBarTitle, Text, tokens } from '@fluentui/react-components';
import { useLocation, useSearchParams } from 'wouter';
import type { Me } from '../../../../client/types.ts';
import { HowToGrant } from '../../parts/how-to-grant.tsx';
import { PageHeading } from '../../parts/page-heading.tsx';
import { PageLink } from '../../parts/page-link.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Steps } from '../../parts/steps.tsx';
import { useDraft } from '../../service/drafts.ts';
import { useService } from '../../service/service.tsx';
import { ChosenList } from './chosen-list.tsx';
import { GiveList } from './give-list.tsx';
import { LeftBehind } from './left-behind.tsx';
import { Reading } from './reading.tsx';
import { useListAtWork } from './use-list.ts';

const useStyles = makeStyles({
  page: { display: 'grid', gap: tokens.spacingVerticalM, gridTemplateColumns: 'minmax(0, 1fr)' },
});

export default function Page() {
  const { me } = useService();
  return me === undefined || me.roles.includes('Submit') ? <NewReset /> : <MayNotSubmit me={me} />;
}

/** Nothing is asked of whoever could do nothing with it. */
function MayNotSubmit({ me }: { readonly me: Me }) {
  const styles = useStyles();
  return (
    <div className={styles.page}>
      <PageHeading title="New reset" />
      <Panel title="You need the role Submit">
        <div className={styles.page}>
          <Text>
            To rehearse and to reset guests one needs the role Submit. You have {me.roles.join(' and ')}: what others
            have submitted stands in <PageLink to="/jobs">Jobs</PageLink>.
          </Text>
          <HowToGrant id={me.id} wanted="Submit" />
        </div>
      </Panel>
    </div>
  );
}

function NewReset() {
  const styles = useStyles();
  const [search] = useSearchParams();
  const [, navigate] = useLocation();
  const rehearsal = search.get('rehearsal') ?? undefined;
  const work = useListAtWork(rehearsal);
  const [text, setText] = useDraft('new.text', '');
  const { chosen, fault } = work;
  // Of a list that was changed since, it would be about another one.
  const rehearsed = chosen?.isChanged === true ? undefined : chosen?.of;
  return (
    <div className={styles.page}>
      <Steps at="choose" to={rehearsed === undefined ? {} : { rehearse: `/rehearsals/${rehearsed}` }} />
      <PageHeading title="New reset" />
      {fault !== undefined && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>
            <MessageBarTitle>
              <bdi>{fault.title}</bdi>
            </MessageBarTitle>{' '}
            <bdi>{fault.words}</bdi>
          </MessageBarBody>
        </MessageBar>
      )}
      {chosen === null && <Reading onStop={work.stop} />}
      {chosen === undefined && (
        <>
          {rehearsal === undefined && <LeftBehind onGoOn={work.goOn} />}
          <GiveList text={text} onType={setText} onText={() => work.take(text)} onFiles={work.take} />
        </>
      )}
      {chosen !== undefined && chosen !== null && (
        <ChosenList
          chosen={chosen}
          hints={work.hints}
          lastHints={work.lastHints}
          onChange={work.change}
          onClear={() => {
            work.clear();
            setText('');
            navigate('/', { replace: true });
          }}
          rehearsal={rehearsal}
          code={search.get('code') ?? undefined}
          warning={search.get('warning') ?? undefined}
        />
      )}
    </div>
  );
}
