/** Asks for what a page will show while it is still found out who looks: one wait in place of two. */
import { useRoute } from 'wouter';
import { useJob } from '../pages/job/job-answer.ts';

export function AskAhead() {
  const [isJob, parameters] = useRoute('/jobs/:id');
  return isJob ? <Job id={parameters.id} /> : null;
}

/** The page asks for the same, and has this answer or waits for it. */
function Job({ id }: { readonly id: string }) {
  useJob(id);
  return null;
}
