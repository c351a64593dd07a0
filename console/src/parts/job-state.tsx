import { Badge } from '@fluentui/react-components';
import type { Job } from '../../../client/types.ts';
import { JOB_STATES } from './job-words.ts';

/** The state of a job, in a word and a colour. */
export function JobState({ job, size = 'medium' }: { readonly job: Job; readonly size?: 'medium' | 'large' }) {
  const { text, color } = JOB_STATES[job.status];
  return (
    <Badge appearance="tint" size={size} color={color}>
      {text}
    </Badge>
  );
}
