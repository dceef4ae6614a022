import { setGlobalProxyFromEnv } from 'node:http';

const variables = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'];
let used = '';

/**
 * Lets this program's requests go through the proxy that the environment names (`HTTPS_PROXY`, `HTTP_PROXY`, but for
 * hosts in `NO_PROXY`), as those of other programs do. Nothing where it names none.
 */
export function useProxyOfEnvironment(env: NodeJS.ProcessEnv = process.env): void {
  const named = variables.map((name) => env[name] ?? '').join('\n');
  if (named.trim() === '' || named === used) return;
  used = named;
  setGlobalProxyFromEnv(env);
}
