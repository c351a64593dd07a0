/** What was asked of the service, kept while a page looks at it. */
import { QueryClient } from '@tanstack/react-query';

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The client repeats by itself what may be repeated, and as late as the service asks for.
      retry: false,
      staleTime: 2_000,
      // Nothing is asked for while nobody looks.
      refetchIntervalInBackground: false,
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});
