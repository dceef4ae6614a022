import Database from 'better-sqlite3';
import { answerThread } from '../call-port/thread.ts';
import { backUp } from './back-up.ts';
import type { BackUpCalls } from './back-up.ts';

/** Entry of the thread that copies a database of which others go on writing the log. */
answerThread<BackUpCalls>({
  backUp: async ({ file, folder, why }) => {
    const connection = new Database(file, { readonly: true, fileMustExist: true });
    try {
      backUp(connection, folder, why);
    } finally {
      connection.close();
    }
    return { output: null };
  },
});
