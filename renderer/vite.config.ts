import { defineConfig } from 'vite';
import { addresses } from '../preload/contract/contract.ts';
import { compiledReact } from './compiled-react.config.ts';

// `cuepoint serve` prints a link; the development server lies under the same path and hands on what is not a page.
const link = new URL(process.env['CUEPOINT_BACKEND'] ?? 'http://127.0.0.1:4477/');
const handedOn = Object.values({
  rpc: addresses.rpc,
  media: addresses.media(0),
  frameTable: addresses.frameTable(0),
  thumbnail: addresses.thumbnail(0, 0, 0),
  picture: addresses.picture(0, 0),
  clipStrip: addresses.clipStrip(0, { startUs: 0, endUs: 1 }, 0),
  waveform: addresses.waveform(0),
  spectrogram: addresses.spectrogram(0, 0, 0),
  recordingTile: addresses.recordingTile(0, 0, 0, 0),
  segments: addresses.segments(0),
  download: addresses.download(''),
} satisfies Record<keyof typeof addresses, string>).map((address) => `${address.split('/')[0]}/`);

export default defineConfig(({ command }) => ({
  root: import.meta.dirname,
  base: command === 'build' ? './' : link.pathname,
  plugins: [compiledReact()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    chunkSizeWarningLimit: 2_000,
    // That the compiler takes most of the build is nothing to warn of.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      // The backend lets in its own pages alone. The link's token is handed on too: a browser that opens the link at the
      // development server's port gets the cookie and the proof there.
      [`^${link.pathname}(${handedOn.join('|')}|\\?token=)`]: {
        target: link.origin,
        changeOrigin: true,
        headers: { origin: link.origin },
      },
    },
  },
}));
