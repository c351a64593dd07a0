import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Console } from './shell/console.tsx';
import './page.css';

const place = document.getElementById('console');
if (place === null) throw new Error('index.html has no element with the id "console".');
createRoot(place).render(
  <StrictMode>
    <Console />
  </StrictMode>,
);
