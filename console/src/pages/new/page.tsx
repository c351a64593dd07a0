/** Choose: which guests. Nothing is sent before they are rehearsed. */
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import type { Failure } from '../../../../client/answer.ts';
import type { Me } from '../../../../client/types.ts';
import type { GuestList } from '../../list/guest-list.ts';
import { rehearse } from '../../list/rehearse.ts';
import type { Chosen } from '../../list/take.ts';
import { FailureBar } from '../../parts/failure-bar.tsx';
import { HowToGrant } from '../../parts/how-to-grant.tsx';
import { counted } from '../../parts/numbers.ts';
import { PageHeading } from '../../parts/page-heading.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useDraft } from '../../service/drafts.ts';
import { useService } from '../../service/service.tsx';
import { useAnnounce } from '../../shell/announcer.tsx';
import { ColumnList } from './column-list.tsx';
import { GiveList } from './give-list.tsx';
import { troublesOf, type Troubles } from './problems.ts';
import { RowList } from './row-list.tsx';
import { StartOver } from './start-over.tsx';
import { Steps } from '../../parts/steps.tsx';
import { howMany, summaryOf } from './summary.ts';
import { TroubleList } from './trouble-list.tsx';
import { useListAtWork } from './use-list.ts';
import { useRowsToCorrect } from './use-rows-to-correct.ts';

const useStyles = makeStyles({
  page: { display: 'grid', gap: tokens.spacingVerticalM, gridTemplateColumns: 'minmax(0, 1fr)' },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    marginBottom: tokens.spacingVerticalS,
  },
  grow: { flexGrow: 1, overflowWrap: 'anywhere' },
  nowrap: { whiteSpace: 'nowrap' },
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
          <Text>To rehearse and to reset guests one needs the role Submit. You have {me.roles.join(' and ')}.</Text>
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
  return (
    <div className={styles.page}>
      <Steps at="choose" />
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
      {chosen === null && <Spinner label="The list is being read" />}
      {chosen === undefined && (
        <GiveList text={text} onType={setText} onText={() => work.take(text)} onFiles={work.take} />
      )}
      {chosen !== undefined && chosen !== null && (
        <ChosenList
          chosen={chosen}
          hints={work.hints}
          onChange={work.change}
          onClear={() => {
            work.clear();
            setText('');
            navigate('/', { replace: true });
          }}
          rehearsal={rehearsal}
          code={search.get('code') ?? undefined}
        />
      )}
    </div>
  );
}

interface ChosenListProperties {
  readonly chosen: Chosen;
  readonly hints: Troubles | undefined;
  readonly onChange: (list: GuestList) => void;
  readonly onClear: () => void;
  readonly rehearsal: string | undefined;
  readonly code: string | undefined;
}

function ChosenList({ chosen, hints, onChange, onClear, rehearsal, code }: ChosenListProperties) {
  const styles = useStyles();
  const { source, list } = chosen;
  const toCorrect = useRowsToCorrect(rehearsal, code);
  // Null: what was found before is about another list now.
  const [found, setFound] = useState<Troubles | null>();
  const refused = found === undefined ? toCorrect : (found ?? undefined);
  const { ask, failure, isAsked } = useRehearsing(chosen, setFound);
  const edit = (row: number, cells: readonly string[]): void => onChange(list.edited(row, cells));
  const remove = (rows: readonly number[]): void => onChange(list.without(rows));
  const troubles = refused ?? hints;
  const left = list.changes.removed.size;
  return (
    <>
      <Panel title={source.name ?? 'Pasted list'}>
        <div className={styles.line}>
          <Text weight="semibold" className={styles.grow}>
            {summaryOf(list, hints)}
          </Text>
          {left > 0 && (
            <Button
              className={styles.nowrap}
              onClick={() => {
                setFound(null);
                onChange(list.withAll());
              }}
            >
              Put back {counted(left, 'row')} left out
            </Button>
          )}
          <StartOver chosen={chosen} onClear={onClear} />
          <Button
            appearance="primary"
            className={styles.nowrap}
            disabledFocusable={isAsked || list.count === 0}
            onClick={ask}
          >
            {isAsked ? 'The list is on its way' : `Rehearse ${howMany(list, hints)}`}
          </Button>
        </div>
        <ColumnList
          list={list}
          onHeader={(header) => {
            setFound(null);
            onChange(list.withHeader(header));
          }}
        />
        <Text size={200}>A rehearsal looks each guest up. It changes nothing and mails nobody.</Text>
      </Panel>
      {failure !== undefined && <FailureBar failure={failure} title="The list was not rehearsed" onAgain={ask} />}
      {troubles !== undefined && <TroubleList list={list} troubles={troubles} onEdit={edit} onRemove={remove} />}
      {list.count > 0 && (
        <Panel title="All rows">
          <RowList list={list} onEdit={edit} onRemove={(row) => remove([row])} />
        </Panel>
      )}
    </>
  );
}

/** What the service refuses of the list is shown beside its rows; what else goes wrong is a failure. */
function useRehearsing(
  { source, list }: Chosen,
  onRefused: (troubles: Troubles) => void,
): { readonly ask: () => void; readonly isAsked: boolean; readonly failure: Failure | undefined } {
  const service = useService();
  const [, navigate] = useLocation();
  const say = useAnnounce();
  const [isAsked, setAsked] = useState(false);
  const [failed, setFailed] = useState<{ readonly list: GuestList; readonly failure: Failure }>();
  const ask = async (): Promise<void> => {
    if (isAsked) return;
    setAsked(true);
    setFailed(undefined);
    const answer = await rehearse(service, source, list);
    setAsked(false);
    if (answer.kind === 'rehearsed') return navigate(`/rehearsals/${answer.job.id}`);
    if (answer.kind !== 'refused' || answer.problem.status !== 400) return setFailed({ list, failure: answer });
    const troubles = troublesOf(answer.problem, list);
    say(`${counted(troubles.count, 'problem')}: nothing was rehearsed.`);
    onRefused(troubles);
  };
  return { ask: () => void ask(), isAsked, failure: failed?.list === list ? failed.failure : undefined };
}
