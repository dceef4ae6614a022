import protobuf from 'protobufjs/light.js';

const field = (type: string, id: number): protobuf.IField => ({ type, id });
const many = (type: string, id: number): protobuf.IField => ({ rule: 'repeated', type, id });

/** The part of the Open Inference Protocol's gRPC messages that is needed here; names and numbers are the protocol's. */
const schema = protobuf.Root.fromJSON({
  nested: {
    ModelReadyRequest: { fields: { name: field('string', 1), version: field('string', 2) } },
    ReadyResponse: { fields: { ready: field('bool', 1) } },
    Empty: { fields: {} },
    ModelMetadataRequest: { fields: { name: field('string', 1), version: field('string', 2) } },
    Port: { fields: { name: field('string', 1), datatype: field('string', 2), shape: many('int64', 3) } },
    ModelMetadataResponse: {
      fields: { name: field('string', 1), inputs: many('Port', 4), outputs: many('Port', 5) },
    },
    RequestedOutput: { fields: { name: field('string', 1) } },
    Contents: { fields: { fp32Contents: many('float', 6) } },
    Tensor: {
      fields: {
        name: field('string', 1),
        datatype: field('string', 2),
        shape: many('int64', 3),
        contents: field('Contents', 5),
      },
    },
    ModelInferRequest: {
      fields: {
        modelName: field('string', 1),
        modelVersion: field('string', 2),
        inputs: many('Tensor', 5),
        outputs: many('RequestedOutput', 6),
        rawInputContents: many('bytes', 7),
      },
    },
    ModelInferResponse: {
      fields: { modelName: field('string', 1), outputs: many('Tensor', 5), rawOutputContents: many('bytes', 6) },
    },
  },
});

const codec = <Message>(name: string) => {
  const type = schema.lookupType(name);
  return {
    encode: (message: Message): Buffer => Buffer.from(type.encode(type.create(message as object)).finish()),
    /** Fails where the bytes are no such message. */
    decode: (bytes: Uint8Array): Message =>
      type.toObject(type.decode(bytes), { longs: Number, arrays: true, defaults: true }) as Message,
  };
};

interface Named {
  readonly name: string;
  readonly version: string;
}
export interface GrpcPort {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
}
export interface GrpcTensor extends GrpcPort {
  readonly contents?: { readonly fp32Contents?: readonly number[] } | null;
}

export const service = '/inference.GRPCInferenceService';

/** Each call of the service, with how its messages are written and read. */
export const calls = {
  ServerReady: { request: codec<object>('Empty'), response: codec<{ readonly ready: boolean }>('ReadyResponse') },
  ModelReady: {
    request: codec<Named>('ModelReadyRequest'),
    response: codec<{ readonly ready: boolean }>('ReadyResponse'),
  },
  ModelMetadata: {
    request: codec<Named>('ModelMetadataRequest'),
    response: codec<{ readonly inputs: readonly GrpcPort[]; readonly outputs: readonly GrpcPort[] }>(
      'ModelMetadataResponse',
    ),
  },
  ModelInfer: {
    request: codec<{
      readonly modelName: string;
      readonly modelVersion: string;
      readonly inputs: readonly GrpcPort[];
      readonly outputs: readonly { readonly name: string }[];
      readonly rawInputContents: readonly Uint8Array[];
    }>('ModelInferRequest'),
    response: codec<{
      readonly outputs: readonly GrpcTensor[];
      readonly rawOutputContents: readonly Uint8Array[];
    }>('ModelInferResponse'),
  },
} as const;
