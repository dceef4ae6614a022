import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { addresses } from '../preload/contract/contract.ts';

// `cuepoint serve` prints where it listens; the development server hands everything that is not a page on to it.
const backend = process.env['CUEPOINT_BACKEND'] ?? 'http://127.0.0.1:4477';
const firstPart = (address: string): string => `/${address.split('/')[1]}`;
const backendPaths = [
  addresses.rpc,
  addresses.media(0),
  addresses.frameTable(0),
  addresses.thumbnail(0, 0, 0),
  addresses.waveform(0),
  addresses.download(''),
].map(firstPart);

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: { outDir: '../dist/renderer', emptyOutDir: true, target: 'chrome140', chunkSizeWarningLimit: 2_000 },
  server: {
    host: '127.0.0.1',
    // The backend lets in its own pages alone; a browser that opened its link once holds the cookie for this port, too.
    proxy: Object.fromEntries(
      backendPaths.map((path) => [path, { target: backend, changeOrigin: true, headers: { origin: backend } }]),
    ),
  },
});
