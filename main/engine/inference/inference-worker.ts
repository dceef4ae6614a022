import { parentPort } from 'node:worker_threads';
import { answerInference } from './answer-inference.ts';
import { failureValueOf } from '../failure-value.ts';
import type { InferenceReply, InferenceRequest } from './inference-requests.ts';

/** Entry of the inference thread: answers requests one after another, in the order in which they come. */
const port = parentPort!;
let last: Promise<void> = Promise.resolve();

port.on('message', (request: InferenceRequest) => {
  last = last.then(() => answer(request));
});

async function answer(request: InferenceRequest): Promise<void> {
  const { id } = request;
  try {
    const { output, transfer } = await answerInference(request);
    port.postMessage({ id, output } satisfies InferenceReply, [...(transfer ?? [])]);
  } catch (error) {
    port.postMessage({ id, failure: failureValueOf(error) } satisfies InferenceReply);
  }
  if (request.name === 'close') port.close();
}
