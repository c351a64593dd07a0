/** The console as files for one function to serve: names with a hash but for the page itself, and nothing inline. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  // Absolute: the page is asked for as `/api/console`, too, and each address below it is the same page.
  base: '/api/console/',
  plugins: [react()],
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    target: 'es2023',
    // The policy of the page allows neither script nor data inline.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
