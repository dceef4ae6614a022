import type { Protocol } from 'electron';
import { stage } from './stage.ts';

export const protocol = {
  registerSchemesAsPrivileged(schemes) {
    if (stage.isReady) throw new Error('registerSchemesAsPrivileged must come before the app is ready');
    for (const { scheme, privileges } of schemes) {
      if (privileges?.standard && privileges.secure && privileges.stream && privileges.supportFetchAPI) {
        stage.privilegedSchemes.add(scheme);
      }
    }
  },
  handle(scheme, handler) {
    stage.needReady('protocol.handle');
    stage.schemes.set(scheme, handler);
  },
} satisfies Partial<Protocol>;
