import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { contentTypeOf } from './file-response.ts';

/** Vite puts a hash of the content into the names of what it writes here, so these files never change. */
const hashed = /^\/assets\/.+-[\w-]{8,}\.\w+$/;

/**
 * A file of the built renderer, or its page for any address without a file extension; null where there is neither, and
 * for an address that leads out of the folder. Read whole, not opened: so a packaged app checks it against its archive's
 * integrity, and copies nothing out.
 */
export async function rendererFile(request: Request, folder: string): Promise<Response | null> {
  const pathname = decodedPath(request.url);
  if (pathname === null) return null;
  const isPage = path.posix.extname(pathname) === '';
  const filePath = path.join(folder, isPage ? 'index.html' : pathname);
  if (path.relative(folder, filePath).startsWith('..')) return null;
  const lasting = hashed.test(pathname);
  const bytes = await readFile(filePath).catch(() => null);
  if (bytes === null) return null;
  const headers = {
    'content-type': contentTypeOf(filePath),
    'cache-control': lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  return new Response(bytes, { headers });
}

function decodedPath(url: string): string | null {
  try {
    const pathname = decodeURIComponent(new URL(url).pathname);
    return /[\\\0]/.test(pathname) ? null : pathname;
  } catch {
    return null;
  }
}
