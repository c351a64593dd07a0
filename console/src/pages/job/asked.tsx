import { makeStyles, typographyStyles } from '@fluentui/react-components';
import type { Job } from '../../../../client/types.ts';
import { Fact, FactList } from '../../parts/facts.tsx';
import { Panel } from '../../parts/panel.tsx';
import { askedFor } from './options-words.ts';

const useStyles = makeStyles({ list: { ...typographyStyles.caption1 } });

export function Asked({ job }: { readonly job: Job }) {
  const { list } = useStyles();
  return (
    <Panel title="What was asked for">
      <FactList className={list}>
        {[...askedFor(job), ['Job', job.id] as const].map(([name, value]) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
      </FactList>
    </Panel>
  );
}
