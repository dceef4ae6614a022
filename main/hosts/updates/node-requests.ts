import { request as plainRequest, type RequestOptions } from 'node:http';
import { request as safeRequest } from 'node:https';
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor.js';
import { useProxyOfEnvironment } from '#main/models/proxy.ts';

type Request = ReturnType<ElectronHttpExecutor['createRequest']>;

/**
 * The updater's requests by Node, as the hub's are: Chromium reaches nothing outside (`electron/security.ts`). The number
 * by which the updater would let its server tell machines apart is left out.
 */
export class NodeRequests extends ElectronHttpExecutor {
  override createRequest(options: RequestOptions, heard: (response: unknown) => void): Request {
    useProxyOfEnvironment();
    const headers = Object.fromEntries(
      Object.entries(options.headers ?? {}).filter(([name]) => name !== 'x-user-staging-id'),
    );
    const send = options.protocol === 'http:' ? plainRequest : safeRequest;
    // Node's request does all that the updater asks of Electron's.
    return send({ ...options, headers }, heard) as unknown as Request;
  }

  /** Node follows no redirection by itself; the updater does where it sees one. */
  protected override addRedirectHandlers(): void {}
}
