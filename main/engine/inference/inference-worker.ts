import { answerThread } from '#main/call-port/thread.ts';
import { closeModels, inferenceAnswers } from './answer-inference.ts';
import type { InferenceRequests } from './inference-requests.ts';

/** Entry of the inference thread. */
answerThread<InferenceRequests>(inferenceAnswers, closeModels);
