/** A link within the console, in a sentence. */
import { Link as FluentLink } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { Link } from 'wouter';

export function PageLink({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  return (
    <Link href={to} asChild>
      <FluentLink inline>{children}</FluentLink>
    </Link>
  );
}
