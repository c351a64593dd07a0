import { makeStyles, typographyStyles } from '@fluentui/react-components';
import type { Job } from '../../../../client/types.ts';
import { Fact, FactList } from '../../parts/facts.tsx';
import { Panel } from '../../parts/panel.tsx';
import { askedFor } from './options-words.ts';

const useStyles = makeStyles({ list: { ...typographyStyles.caption1 } });

export function Asked({ job }: { readonly job: Job }) {
  return (
    <Panel title="What was asked for">
      <Facts of={[...askedFor(job), ['Job', job.id]]} />
    </Panel>
  );
}

/** All that will happen to the guests of a job, for whoever approves it. */
export function AskedToApprove({ job }: { readonly job: Job }) {
  return <Facts of={[['Reason', job.reason ?? 'None was given'], ...askedFor(job)]} />;
}

function Facts({ of }: { readonly of: ReturnType<typeof askedFor> }) {
  const { list } = useStyles();
  return (
    <FactList className={list}>
      {of.map(([name, value]) => (
        <Fact key={name} name={name}>
          {value}
        </Fact>
      ))}
    </FactList>
  );
}
