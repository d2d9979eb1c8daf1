import { defineConfig } from 'vite';

const platform = 'http://127.0.0.1:8080';

export default defineConfig({
  // Small files inlined as data: URLs would need a wider Content-Security-Policy.
  build: { target: 'es2023', cssTarget: 'chrome123', assetsInlineLimit: 0 },
  server: {
    proxy: {
      '/sessions': platform,
      '/api': platform,
      '/eventbus': { target: platform, ws: true },
    },
  },
});
