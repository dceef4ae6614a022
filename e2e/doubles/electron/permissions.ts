import type { Session, WebContents } from 'electron';
import { stage } from './stage.ts';

type Permission = Parameters<NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>>[1];

type RequestHandler = (details: { url: string }, answer: (answer: { cancel?: boolean }) => void) => void;

const handlers: {
  beforeRequest?: RequestHandler;
  request?: Parameters<Session['setPermissionRequestHandler']>[0];
  check?: Parameters<Session['setPermissionCheckHandler']>[0];
  device?: Parameters<Session['setDevicePermissionHandler']>[0];
} = {};

const defaultSession = {
  setSpellCheckerEnabled: () => undefined,
  webRequest: {
    onBeforeRequest: (handler: RequestHandler) => void (handlers.beforeRequest = handler),
  } as unknown as Session['webRequest'],
  setPermissionRequestHandler: (handler) => void (handlers.request = handler),
  setPermissionCheckHandler: (handler) => void (handlers.check = handler),
  setDevicePermissionHandler: (handler) => void (handlers.device = handler),
} satisfies Partial<Session>;

export const session = {
  get defaultSession() {
    stage.needReady('session.defaultSession');
    return defaultSession;
  },
};

/** Whether a page at `url` would get a permission, asked for and looked up. Electron grants what has no handler. */
export async function isGranted(
  permission: Permission,
  url = 'studio://app/',
): Promise<{ readonly asked: boolean; readonly checked: boolean }> {
  const nobody = {} as WebContents;
  const { request, check } = handlers;
  const asked = await new Promise<boolean>((resolve) => {
    if (request) request(nobody, permission, resolve, { requestingUrl: url } as never);
    else resolve(true);
  });
  return { asked, checked: check ? check(nobody, permission, url, {} as never) : true };
}

/** Whether a page would get a USB, HID or serial device. */
export const isDeviceGranted = (): boolean => handlers.device?.({} as never) ?? true;

/** Whether a page's request to an address would go out. */
export async function isRequestLet(url: string): Promise<boolean> {
  const { beforeRequest } = handlers;
  if (!beforeRequest) return true;
  const { cancel } = await new Promise<{ cancel?: boolean }>((resolve) => beforeRequest({ url }, resolve));
  return cancel !== true;
}
