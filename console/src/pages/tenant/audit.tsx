/** Who did what: to jobs, to the tenant, to what is kept of guests; of jobs that are gone, too. */
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { AuditEntry } from '../../../../client/types.ts';
import { Deed, DeedList } from '../../parts/deed-list.tsx';
import { placeOf } from '../../parts/job-words.ts';
import { ListEnd } from '../../parts/list-end.tsx';
import { count, counted } from '../../parts/numbers.ts';
import { PageLink } from '../../parts/page-link.tsx';
import { Panel } from '../../parts/panel.tsx';
import { seesAll } from '../../parts/roles.ts';
import { useList } from '../../service/lists.ts';
import { useService } from '../../service/service.tsx';

const EVERY_SECONDS = 15;

const useStyles = makeStyles({
  end: { marginTop: tokens.spacingVerticalM, ':empty': { display: 'none' } },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export function Audit() {
  const { me } = useService();
  return (
    <Panel title="Who did what">
      {seesAll(me) ? <Entries /> : <Text>This is for whoever has the role Read or Manage.</Text>}
    </Panel>
  );
}

function Entries() {
  const styles = useStyles();
  const list = useList(['audit'], (client, token) => client.auditPage({ pageSize: 20, ...token }), {
    changes: () => true,
    everySeconds: EVERY_SECONDS,
  });
  const { items = [] } = list;
  const deleted = new Set(items.flatMap(({ action, jobId }) => (action === 'deleted' ? (jobId ?? []) : [])));
  return (
    <>
      {list.items?.length === 0 && <Text>Nobody has done anything yet.</Text>}
      <DeedList name="Who did what, newest first">
        {items.map((entry) => (
          <Deed key={keyOf(entry)} action={entry} to={<To entry={entry} isGone={deleted.has(entry.jobId ?? '')} />}>
            {entry.counts !== undefined && (
              <Text block className={styles.quiet}>
                {count(entry.counts.succeeded)} of its guests {entry.dryRun === true ? 'would have been' : 'were'}{' '}
                reset.
              </Text>
            )}
          </Deed>
        ))}
      </DeedList>
      <div className={styles.end}>
        <ListEnd list={list} what="audit entries" />
      </div>
    </>
  );
}

const keyOf = ({ at, of, action, jobId = '', newJobId = '', by }: AuditEntry): string =>
  [at, of, action, jobId, newJobId, by.id].join(' ');

interface ToProperties {
  readonly entry: AuditEntry;
  /** As far as the list shows that it was deleted. */
  readonly isGone: boolean;
}

function To({ entry: { of, jobId: id, dryRun = false, total }, isGone }: ToProperties) {
  if (of === 'tenant') return ' everything';
  if (id === undefined) return null;
  const name = `${dryRun ? 'rehearsal' : 'job'} …${id.slice(-6)}`;
  return (
    <>
      : {isGone ? name : <PageLink to={placeOf({ id, dryRun })}>{name}</PageLink>}
      {total !== undefined && ` of ${counted(total, 'guest')},`}
    </>
  );
}
