/** Everything around the pages: theme, what is known of the service, who asks, and which page an address means. */
import { FluentProvider } from '@fluentui/react-components';
import { QueryClientProvider } from '@tanstack/react-query';
import { Router } from 'wouter';
import { queries } from '../service/queries.ts';
import { ServiceProvider } from '../service/service.tsx';
import { Announcer } from './announcer.tsx';
import { Crash } from './crash.tsx';
import { Entrance } from './entrance.tsx';
import { Frame } from './frame.tsx';
import { Pages } from './pages.tsx';
import { DarkProvider, useTheme } from './theme.ts';

/** Where the function app serves this page. */
export const BASE = '/api/console';

export function Console() {
  const { theme, isDark, ...choice } = useTheme();
  return (
    // No class here: Fluent copies it to each popup.
    <FluentProvider theme={theme}>
      <Crash>
        <QueryClientProvider client={queries}>
          <Router base={BASE}>
            <Announcer>
              <ServiceProvider>
                <DarkProvider value={isDark}>
                  <Frame theme={choice}>
                    <Entrance>
                      <Pages />
                    </Entrance>
                  </Frame>
                </DarkProvider>
              </ServiceProvider>
            </Announcer>
          </Router>
        </QueryClientProvider>
      </Crash>
    </FluentProvider>
  );
}
