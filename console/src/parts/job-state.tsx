import { Badge, makeStyles } from '@fluentui/react-components';
import type { Job } from '../../../client/types.ts';
import { stateOf } from './job-words.ts';

const useStyles = makeStyles({ badge: { whiteSpace: 'nowrap' } });

/** The state of a job, in a word and a colour. */
export function JobState({ job, size = 'medium' }: { readonly job: Job; readonly size?: 'medium' | 'large' }) {
  const { badge } = useStyles();
  const { text, color } = stateOf(job);
  return (
    <Badge appearance="tint" size={size} color={color} className={badge}>
      {text}
    </Badge>
  );
}
