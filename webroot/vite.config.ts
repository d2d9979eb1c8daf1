import { defineConfig } from 'vite';

const platform = 'http://127.0.0.1:8080';

export default defineConfig({
  // Small files inlined as data: URLs would need a wider Content-Security-Policy.
  // The editor is one chunk of its own, over the usual limit on purpose.
  build: {
    target: 'es2023',
    cssTarget: 'chrome123',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1600,
    rolldownOptions: { input: ['index.html', 'docs.html'] },
  },
  // The language service shares no code with the page: one file, loaded as a module.
  worker: { format: 'es' },
  server: {
    // The types of a strategy lie beside this folder.
    fs: { allow: ['..'] },
    proxy: {
      // The platform wants Host and Origin to agree: both stay what the browser sent.
      '/sessions': { target: platform, changeOrigin: false },
      '/health': { target: platform, changeOrigin: false },
      '/api': { target: platform, changeOrigin: false },
      '/eventbus': { target: platform, ws: true, changeOrigin: false },
    },
  },
});
