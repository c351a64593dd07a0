import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { askAhead } from './service/service.tsx';
import { fetchSignInAhead } from './service/sign-in.ts';
import { BASE, Console } from './shell/console.tsx';
import { fetchAhead } from './shell/pages.tsx';
import './page.css';

const place = document.getElementById('console');
if (place === null) throw new Error('index.html has no element with the id "console".');
askAhead();
fetchSignInAhead();
fetchAhead(location.pathname.slice(BASE.length));
createRoot(place).render(
  <StrictMode>
    <Console />
  </StrictMode>,
);
