/** Asks for what a page will show while it is still found out who looks: one wait in place of two. */
import { useRoute } from 'wouter';
import { useJob } from '../service/job.ts';

export function AskAhead() {
  const [isJob, job] = useRoute('/jobs/:id');
  const [isRehearsal, rehearsal] = useRoute('/rehearsals/:id');
  if (isJob) return <Job id={job.id} />;
  return isRehearsal ? <Job id={rehearsal.id} /> : null;
}

/** The page asks for the same, and has this answer or waits for it. */
function Job({ id }: { readonly id: string }) {
  useJob(id);
  return null;
}
